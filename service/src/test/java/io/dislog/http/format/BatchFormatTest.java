package io.dislog.http.format;

import static io.dislog.http.Bodies.bytes;
import static io.dislog.http.Bodies.problem;
import static io.dislog.http.Bodies.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.Bodies;
import io.dislog.http.notation.ProblemType;
import io.dislog.log.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BatchFormatTest {

  @Test
  void theMediaTypeChoosesTheFormatWhateverItsCaseAndParameters() {
    assertThat(BatchFormat.of("application/x-ndjson", null)).isInstanceOf(NdjsonFormat.class);
    assertThat(BatchFormat.of("Application/X-NDJSON ; charset=\"UTF-8\"", null))
        .isInstanceOf(NdjsonFormat.class);
    assertThat(BatchFormat.of("application/vnd.dislog.batch+json;charset=utf-8", null))
        .isInstanceOf(JsonBatchFormat.class);
    assertThat(BatchFormat.of("application/vnd.dislog.batch; charset=x", null))
        .isInstanceOf(FrameFormat.class);
    assertThat(BatchFormat.of(null, null)).isInstanceOf(RawFormat.class);
    assertThat(BatchFormat.of("application/json", null)).isInstanceOf(RawFormat.class);
    assertThat(BatchFormat.of("nonsense", null)).isInstanceOf(RawFormat.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-ndjson; charset=iso-8859-1",
        "application/x-ndjson;CHARSET=utf-16",
        "application/vnd.dislog.batch+json; x=y; charset=\"us-ascii\""
      })
  void theTextFormatsAreUtf8(String contentType) {
    assertThat(problem(() -> BatchFormat.of(contentType, null)).type())
        .isEqualTo(ProblemType.UNSUPPORTED_MEDIA_TYPE);
  }

  @Test
  void aRawBodyIsTheValueAndKeepsKeyAndMediaType() {
    Record record =
        BatchFormat.of("text/plain; charset=latin1", bytes("k"))
            .parse(bytes(""), Bodies.batch())
            .records()
            .getFirst();
    assertThat(record.valueSize()).isZero();
    assertThat(text(record.key())).isEqualTo("k");
    assertThat(text(RecordJson.header(record, RawFormat.CONTENT_TYPE)))
        .isEqualTo("text/plain; charset=latin1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/octet-stream", "APPLICATION/octet-stream", ""})
  void octetsNeedNoMediaTypeKept(String contentType) {
    assertThat(
            BatchFormat.of(contentType, null)
                .parse(bytes("v"), Bodies.batch())
                .records()
                .getFirst()
                .headers())
        .isEmpty();
  }
}

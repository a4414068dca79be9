package io.dislog.http.format;

import static io.dislog.http.Bodies.assertMalformed;
import static io.dislog.http.Bodies.bytes;
import static io.dislog.http.Bodies.text;
import static io.dislog.http.Bodies.valuesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.Bodies;
import io.dislog.log.Record;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FrameFormatTest {

  private final FrameFormat format = new FrameFormat();

  @Test
  void aFrameIsFlagsAndAValue() {
    assertThat(valuesOf(format.parse(hex("00000003 00 6162 00000001 00"), Bodies.batch())))
        .containsExactly("ab", "");
    assertThat(format.parse(bytes(""), Bodies.batch()).count()).isZero();
  }

  @Test
  void aKeyAndHeadersComeBeforeTheValue() {
    Record record =
        format
            .parse(
                hex("00000018 03 00000001 6b 0002 0001 61 00000000 0001 62 00000001 63 76"),
                Bodies.batch())
            .records()
            .getFirst();
    assertThat(text(record.key())).isEqualTo("k");
    assertThat(record.headers().stream().map(h -> text(h.name()) + "=" + text(h.value())))
        .containsExactly("a=", "b=c");
    assertThat(text(record.value())).isEqualTo("v");
  }

  @Test
  void anEmptyKeyIsAKeyAndNoHeadersAreAllowed() {
    Record record =
        format.parse(hex("00000007 03 00000000 0000"), Bodies.batch()).records().getFirst();
    assertThat(text(record.key())).isEmpty();
    assertThat(record.headers()).isEmpty();
    assertThat(record.valueSize()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "0, 000000",
    "0, 00000000",
    "0, ffffffff 00",
    "0, 7fffffff 00",
    "0, 00000002 00",
    "1, 00000001 00 00",
    "1, 00000001 00 00000009 00 61",
    "0, 00000001 04",
    "0, 00000001 08",
    "0, 00000001 10",
    "0, 00000001 20",
    "0, 00000001 80",
    "1, 00000001 00 00000001 0c",
    "0, 00000001 01",
    "0, 00000004 01 000000",
    "0, 00000005 01 00000001",
    "0, 00000005 01 ffffffff",
    "0, 00000006 01 00000001 ff",
    "0, 00000002 02 00",
    "0, 00000003 02 0001",
    "0, 00000005 02 0001 0001",
    "0, 00000009 02 0001 0000 00000000",
    "0, 0000000a 02 0001 0001 0a 00000000",
    "0, 0000000a 02 0001 0001 7f 00000000",
    "0, 0000000b 02 0001 0002 c285 00000000",
    "0, 0000000a 02 0001 0001 ff 00000000",
    "0, 0000000b 02 0001 0001 61 00000001 ff",
    "0, 00000011 02 0002 0001 61 00000000 0001 61 00000000"
  })
  void anythingElseIsMalformed(int index, String hex) {
    assertMalformed(format, hex(hex), index);
  }

  private static ByteBuffer hex(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
  }
}

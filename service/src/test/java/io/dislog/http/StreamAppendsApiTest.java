package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.Api.Answer;
import io.dislog.http.notation.ProblemType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Appends to streams, and what closes them. */
@QuarkusTest
@TestProfile(StreamProfile.class)
final class StreamAppendsApiTest {

  private static final String TEXT = "text/plain";
  private static final String JSON = "application/json";

  @TestHTTPResource URI base;
  private Api api;
  private Streams streams;
  private String name;
  private String stream;

  @BeforeEach
  void nameOne() {
    api = new Api(base).awaitReady();
    streams = new Streams(base);
    name = streams.newName();
    stream = "/v1/stream/" + name;
  }

  @Test
  void everyElementOfAnArrayIsAMessage() {
    streams.created(stream, JSON, "[{\"a\": 1},\n [2]]");
    assertThat(streams.append(stream, JSON, " {\"b\":\"\u00e9\"} ").status()).isEqualTo(204);
    assertThat(streams.append(stream, JSON + "; charset=utf-8", "[[]]").status()).isEqualTo(204);
    assertThat(api.get(stream).text()).isEqualTo("[{\"a\": 1},[2],{\"b\":\"\u00e9\"},[]]");
    assertThat(api.get(stream).about(0, 4).header("Content-Type")).isEqualTo(JSON);
    assertThat(api.get(stream + "?offset=" + Streams.offset(3)).text()).isEqualTo("[[]]");
    assertThat(api.get(stream + "?offset=" + Streams.offset(4)).text()).isEqualTo("[]");
    assertThat(api.get("/v1/logs/" + name + "/records/0").text()).isEqualTo("{\"a\": 1}");
    streams.append(stream, JSON, "[]").refusedAs(ProblemType.EMPTY_BATCH).about(0, 4);
    streams.append(stream, JSON, "[1,]").refusedAs(ProblemType.MALFORMED_BATCH).about(0, 4);
  }

  @Test
  void aBodyThatIsLargerThanARecordIsSeveral() {
    streams.created(stream, TEXT, "");
    String large = "x".repeat((5 << 19) + 7);
    assertThat(streams.append(stream, TEXT, large).header("Stream-Next-Offset"))
        .isEqualTo(Streams.offset(3));
    assertThat(api.get(stream).text()).isEqualTo(large);
    String other = stream + "-other";
    Answer put = api.send("PUT", other, large, "Content-Type", TEXT);
    assertThat(put.status()).isEqualTo(201);
    assertThat(put.header("Stream-Next-Offset")).isEqualTo(Streams.offset(3));
    assertThat(api.get(other).text()).isEqualTo(large);
  }

  @Test
  void aSequenceHasToGrowByteByByte() {
    streams.created(stream, TEXT, "");
    assertThat(streams.append(stream, TEXT, "a", "Stream-Seq", "b").status()).isEqualTo(204);
    streams
        .append(stream, TEXT, "b", "Stream-Seq", "b")
        .refusedAs(ProblemType.SEQUENCE_TOO_OLD)
        .about(0, 1);
    streams.append(stream, TEXT, "b", "Stream-Seq", "B").refusedAs(ProblemType.SEQUENCE_TOO_OLD);
    assertThat(streams.append(stream, TEXT, "c", "Stream-Seq", "b0").status()).isEqualTo(204);
    streams
        .append(stream, TEXT, "d", "Stream-Seq", "c".repeat(257))
        .refusedAs(ProblemType.BAD_REQUEST);
    assertThat(streams.append(stream, TEXT, "d", "Stream-Seq", "c".repeat(256)).status())
        .isEqualTo(204);
    assertThat(api.get(stream).text()).isEqualTo("acd");
  }

  @Test
  void aProducersRepeatIsOneHoweverOldItIs() {
    streams.created(stream, TEXT, "");
    for (int seq = 0; seq < 8; seq++) {
      assertThat(produce("p", 0, seq, "x").status()).isEqualTo(200);
    }
    for (int seq = 0; seq < 8; seq++) {
      Answer repeat = produce("p", 0, seq, "x");
      assertThat(repeat.status()).as("sequence " + seq).isEqualTo(204);
      assertThat(repeat.header("Producer-Seq")).isEqualTo("7");
      assertThat(repeat.header("Producer-Epoch")).isEqualTo("0");
      assertThat(repeat.header("Stream-Next-Offset")).isEqualTo(Streams.offset(8));
    }
    Answer gap = produce("p", 0, 9, "x").refusedAs(ProblemType.SEQUENCE_GAP);
    assertThat(gap.header("Producer-Expected-Seq")).isEqualTo("8");
    assertThat(gap.header("Producer-Received-Seq")).isEqualTo("9");
    produce("p", 1, 1, "x").refusedAs(ProblemType.BAD_REQUEST);
    produce("q", 0, 1, "x").refusedAs(ProblemType.SEQUENCE_GAP);
    assertThat(produce("p", 2, 0, "x").status()).isEqualTo(200);
    assertThat(produce("p", 1, 0, "x").refusedAs(ProblemType.PRODUCER_FENCED))
        .satisfies(fenced -> assertThat(fenced.header("Producer-Epoch")).isEqualTo("2"));
    assertThat(api.get(stream).text()).hasSize(9);
  }

  @Test
  void aClosedStreamSaysSoBeforeAnythingElse() {
    streams.created(stream, TEXT, "a");
    Answer closed = streams.append(stream, TEXT, "b", "Stream-Closed", "TRUE");
    assertThat(closed.status()).isEqualTo(204);
    assertThat(closed.header("Stream-Closed")).isEqualTo("true");
    Answer refused = streams.append(stream, JSON, "{", "Stream-Seq", "c".repeat(300));
    refused.refusedAs(ProblemType.LOG_CLOSED).about(0, 2);
    assertThat(refused.header("Stream-Closed")).isEqualTo("true");
    assertThat(refused.header("Stream-Next-Offset")).isEqualTo(Streams.offset(2));
    assertThat(streams.append(stream, "a/b", "", "Stream-Closed", "true").status()).isEqualTo(204);
    Answer read = api.get(stream);
    assertThat(read.header("Stream-Closed")).isEqualTo("true");
    assertThat(read.header("ETag")).endsWith(":0:2:c\"");
    assertThat(api.get(stream, "If-None-Match", read.header("ETag")).status()).isEqualTo(304);
    api.send("PUT", stream, null, "Content-Type", TEXT).refusedAs(ProblemType.LOG_CONFIG_DIFFERS);
    assertThat(
            api.send("PUT", stream, null, "Content-Type", TEXT, "Stream-Closed", "true").status())
        .isEqualTo(200);
  }

  @Test
  void anEmptyBodyIsRefusedUnlessItCloses() {
    streams.created(stream, TEXT, "a");
    streams.append(stream, TEXT, "").refusedAs(ProblemType.EMPTY_BATCH);
    streams.append(stream, TEXT, "", "Stream-Closed", "yes").refusedAs(ProblemType.EMPTY_BATCH);
    assertThat(api.send("POST", stream, null, "Stream-Closed", "true").status()).isEqualTo(204);
  }

  @Test
  void anAppendMayExpectAnOffset() {
    streams.created(stream, TEXT, "a");
    streams
        .append(stream, TEXT, "b", "Dislog-Expected-Offset", "0")
        .refusedAs(ProblemType.OFFSET_MISMATCH);
    assertThat(streams.append(stream, TEXT, "b", "Dislog-Expected-Offset", "1").status())
        .isEqualTo(204);
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() {
    streams.created(stream, JSON, "");
    streams
        .append(stream, JSON, "\"" + "x".repeat(1 << 20) + "\"")
        .refusedAs(ProblemType.RECORD_TOO_LARGE);
    streams.append(stream, JSON, "x".repeat((32 << 20) + 1)).refusedAs(ProblemType.BATCH_TOO_LARGE);
  }

  private Answer produce(String producer, int epoch, int seq, String body) {
    return streams.append(
        stream,
        TEXT,
        body,
        "Producer-Id",
        producer,
        "Producer-Epoch",
        Integer.toString(epoch),
        "Producer-Seq",
        Integer.toString(seq));
  }
}

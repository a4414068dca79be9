package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.http.Api.Answer;
import io.dislog.http.notation.ProblemType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(DefaultProfile.class)
final class ReadApiTest {

  @TestHTTPResource URI base;
  private Api api;
  private String log;

  @BeforeEach
  void createLog() {
    api = new Api(base);
    log = api.newLog();
  }

  @Test
  void oneRecordIsItsValueWithItsPlaceInHeaders() {
    api.append(log, "a", "b");
    Answer record = api.get(log + "/records/1").about(0, 2);
    assertThat(record.status()).isEqualTo(200);
    assertThat(record.text()).isEqualTo("b");
    assertThat(record.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(record.header("Dislog-Offset")).isEqualTo("1");
    assertThat(record.header("Dislog-Next-Offset")).isEqualTo("2");
    assertThat(record.header("Dislog-Timestamp")).endsWith("Z");
    assertThat(record.header("Cache-Control")).isEqualTo("private, max-age=31536000, immutable");
    assertThat(record.header("ETag")).matches("\"[^\"]+\"");
    Answer head = api.send("HEAD", log + "/records/1", null).about(0, 2);
    assertThat(head.bytes()).isEmpty();
    assertThat(head.header("Content-Length")).isEqualTo("1");
    assertThat(head.header("ETag")).isEqualTo(record.header("ETag"));
  }

  @Test
  void aRecordThatTheClientHasIsNotSentAgain() {
    api.append(log, "a");
    String tag = api.get(log + "/records/0").header("ETag");
    for (String condition : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
      Answer answer = api.get(log + "/records/0", "If-None-Match", condition).about(0, 1);
      assertThat(answer.status()).isEqualTo(304);
      assertThat(answer.bytes()).isEmpty();
      assertThat(answer.header("ETag")).isEqualTo(tag);
      assertThat(answer.header("Dislog-Next-Offset")).isEqualTo("(none)");
    }
    assertThat(api.get(log + "/records/0", "If-None-Match", "\"x\"").status()).isEqualTo(200);
  }

  @Test
  void offsetsOutsideOfTheLogSayWhereItIs() {
    api.append(log, "a", "b", "c");
    assertThat(api.send("DELETE", log + "/records?before=1", null).about(1, 3).status())
        .isEqualTo(200);
    for (String path : List.of(log + "/records/0", log + "/records?offset=0")) {
      Answer trimmed = api.get(path).refusedAs(ProblemType.OFFSET_TRIMMED).about(1, 3);
      assertThat(trimmed.json().path("earliestOffset").intValue()).isEqualTo(1);
    }
    for (String path : List.of(log + "/records/4", log + "/records?offset=4")) {
      Answer beyond = api.get(path).refusedAs(ProblemType.OFFSET_BEYOND_END).about(1, 3);
      assertThat(beyond.json().path("endOffset").intValue()).isEqualTo(3);
    }
    api.get(log + "/records/3").refusedAs(ProblemType.UNKNOWN_RECORD).about(1, 3);
    for (String bad : List.of("x", "-1", "1.0", "9223372036854775808")) {
      api.get(log + "/records/" + bad).refusedAs(ProblemType.BAD_REQUEST).about(1, 3);
    }
    assertThat(values(api.get(log + "/records?offset=0&clamp=true"))).containsExactly("b", "c");
    assertThat(values(api.get(log + "/records?offset=9&clamp=true"))).isEmpty();
  }

  @Test
  void aTrimStaysWithinTheLog() {
    api.append(log, "a");
    Answer beyond = api.send("DELETE", log + "/records?before=2", null).about(0, 1);
    beyond.refusedAs(ProblemType.OFFSET_BEYOND_END);
    for (String bad : List.of("", "?before=-1", "?before=x", "?before=")) {
      api.send("DELETE", log + "/records" + bad, null).refusedAs(ProblemType.BAD_REQUEST);
    }
  }

  @Test
  void aPageSaysHowToGoOn() {
    api.append(log, "a", "b", "c");
    Answer first = api.get(log + "/records?limit=2").about(0, 3);
    assertThat(values(first)).containsExactly("a", "b");
    assertThat(first.header("Dislog-Next-Offset")).isEqualTo("2");
    assertThat(first.json().path("nextOffset").intValue()).isEqualTo(2);
    assertThat(first.json().path("earliestOffset").intValue()).isZero();
    assertThat(first.json().path("upToDate").booleanValue()).isFalse();
    Answer last = api.get(log + "/records?offset=2");
    assertThat(last.json().path("upToDate").booleanValue()).isTrue();
    assertThat(values(api.get(log + "/records?offset=3"))).isEmpty();
    assertThat(values(api.get(log + "/records?maxBytes=2"))).containsExactly("a", "b");
    assertThat(values(api.get(log + "/records?maxBytes=1&offset=1"))).containsExactly("b");
  }

  @Test
  void recordsAreObjectsWithTheirOwnMembersOnly() {
    api.sendBytes("POST", log + "/records", new byte[] {(byte) 0xff, 0});
    api.append(log, "\u00e9\u2028\n");
    JsonNode records = api.get(log + "/records").json().path("records");
    assertThat(records.get(0).path("base64").textValue()).isEqualTo("/wA=");
    assertThat(records.get(0).has("value")).isFalse();
    assertThat(records.get(0).has("key")).isFalse();
    assertThat(records.get(0).has("headers")).isFalse();
    assertThat(records.get(1).path("value").textValue()).isEqualTo("\u00e9\u2028\n");
  }

  @Test
  void aStartIsNamedOnce() {
    api.append(log, "a", "b");
    assertThat(values(api.get(log + "/records?offset=earliest"))).containsExactly("a", "b");
    assertThat(values(api.get(log + "/records?offset=latest"))).isEmpty();
    assertThat(values(api.get(log + "/records?time=1970-01-01T00:00:00Z")))
        .containsExactly("a", "b");
    assertThat(values(api.get(log + "/records?time=2999-01-01T00:00:00%2B01:00"))).isEmpty();
    api.send("PUT", log + "/consumers/c", "{\"offset\":1}");
    assertThat(values(api.get(log + "/records?consumer=c"))).containsExactly("b");
    api.get(log + "/records?consumer=d").refusedAs(ProblemType.UNKNOWN_CONSUMER).about(0, 2);
    api.get(log + "/records?consumer=D").refusedAs(ProblemType.INVALID_CONSUMER_NAME).about(0, 2);
    api.get(log + "/records?offset=0&time=0").refusedAs(ProblemType.BAD_REQUEST).about(0, 2);
    api.get(log + "/records?offset=-1&clamp=true").refusedAs(ProblemType.BAD_REQUEST);
    api.get(log + "/records?time=yesterday").refusedAs(ProblemType.BAD_REQUEST);
    for (String bad :
        List.of(
            "limit=0",
            "limit=10001",
            "maxBytes=0",
            "maxBytes=17Mi",
            "wait=61s",
            "clamp=1",
            "offset=0&offset=0")) {
      api.get(log + "/records?" + bad).refusedAs(ProblemType.BAD_REQUEST).about(0, 2);
    }
  }

  @Test
  void theFormatIsTheClientsChoice() {
    api.append(log, "a", "b");
    Answer lines =
        api.get(log + "/records", "Accept", "application/json;q=0.1, application/x-ndjson");
    assertThat(lines.header("Content-Type")).isEqualTo("application/x-ndjson");
    assertThat(lines.text().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"offset\":"));
    assertThat(lines.header("Dislog-Next-Offset")).isEqualTo("2");
    api.get(log + "/records", "Accept", "text/html")
        .refusedAs(ProblemType.NOT_ACCEPTABLE)
        .about(0, 2);
    api.get(log, "Accept", "text/html").refusedAs(ProblemType.NOT_ACCEPTABLE).about(0, 2);
  }

  @Test
  void framesAreSentAsTheyStandAcrossSegments() {
    api.send("POST", log + "/records", "a\nb", "Content-Type", "application/x-ndjson");
    Answer one = api.get(log + "/records", "Accept", "application/vnd.dislog.batch");
    assertFrames(one, "a", "b");
    api.send("POST", log + "/segments", null);
    api.append(log, "c");
    Answer two = api.get(log + "/records", "Accept", "application/vnd.dislog.batch").about(0, 3);
    assertFrames(two, "a", "b", "c");
    assertThat(two.header("Dislog-Next-Offset")).isEqualTo("3");
    Answer none = api.get(log + "/records?offset=3", "Accept", "application/vnd.dislog.batch");
    assertThat(none.bytes()).isEmpty();
  }

  @Test
  void aLongPollEndsWithTheFirstRecord() {
    CompletableFuture<Answer> waiting =
        CompletableFuture.supplyAsync(() -> api.get(log + "/records?offset=latest&wait=60s"));
    api.append(log, "news");
    // Where the request came after the append there is nothing at its end: another record wakes it.
    Await.until(() -> {
      if (!waiting.isDone()) {
        api.append(log, "news");
      }
      return waiting.isDone();
    });
    assertThat(values(waiting.join())).contains("news");
  }

  @Test
  void aLongPollOnADeletedLogEndsAsUnknown() {
    CompletableFuture<Answer> waiting =
        CompletableFuture.supplyAsync(() -> api.get(log + "/records?wait=60s"));
    api.send("DELETE", log, null);
    waiting.join().refusedAs(ProblemType.UNKNOWN_LOG);
  }

  @Test
  void aWaitThatBringsNothingIsAnEmptyPage() {
    assertThat(values(api.get(log + "/records?wait=1s"))).isEmpty();
  }

  private static List<String> values(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().path("records").findValuesAsText("value");
  }

  private static void assertFrames(Answer answer, String... values) {
    ByteBuffer frames = ByteBuffer.wrap(answer.bytes());
    for (int i = 0; i < values.length; i++) {
      int end = frames.position() + 4 + frames.getInt();
      byte flags = frames.get();
      assertThat(flags & 0b1100).isEqualTo(0b1100);
      int checksum = frames.getInt();
      CRC32C crc = new CRC32C();
      crc.update(flags);
      crc.update(frames.duplicate().limit(end));
      assertThat(checksum).isEqualTo((int) crc.getValue());
      assertThat(frames.getLong()).isEqualTo(i);
      frames.getLong();
      ByteBuffer value = frames.slice(frames.position(), end - frames.position());
      assertThat(Bodies.text(value)).isEqualTo(values[i]);
      frames.position(end);
    }
    assertThat(frames.hasRemaining()).isFalse();
  }
}

package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.http.Api.Answer;
import io.dislog.http.notation.ProblemType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(DefaultProfile.class)
final class AppendApiTest {

  @TestHTTPResource URI base;
  private Api api;
  private String log;

  @BeforeEach
  void createLog() {
    api = new Api(base);
    log = api.newLog();
  }

  @Test
  void anAppendSaysWhereItsRecordsStand() {
    api.append(log, "a");
    Answer answer = append("b\nc\n", "Content-Type", "application/x-ndjson").about(0, 3);
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Location")).isEqualTo(log + "/records/1");
    assertThat(answer.header("Dislog-Base-Offset")).isEqualTo("1");
    assertThat(answer.header("Dislog-Next-Offset")).isEqualTo("3");
    assertThat(answer.header("Dislog-Duplicate")).isEqualTo("(none)");
    JsonNode json = answer.json();
    assertThat(List.copyOf(json.properties()).stream().map(java.util.Map.Entry::getKey))
        .containsExactly("log", "baseOffset", "lastOffset", "count", "nextOffset", "timestamp");
    assertThat("/v1/logs/" + json.path("log").textValue()).isEqualTo(log);
    assertThat(json.path("lastOffset").intValue()).isEqualTo(2);
    assertThat(json.path("count").intValue()).isEqualTo(2);
  }

  @Test
  void aMinimalAnswerHasTheHeadersAlone() {
    Answer answer = append("x", "Prefer", "respond-async, Return=minimal").about(0, 1);
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.bytes()).isEmpty();
    assertThat(answer.header("Dislog-Base-Offset")).isEqualTo("0");
    assertThat(append("x", "Prefer", "return=representation").bytes()).isNotEmpty();
  }

  @Test
  void anyBytesComeBackAsTheyWere() {
    byte[] bytes = new byte[70_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    api.sendBytes("POST", log + "/records", bytes);
    assertThat(api.get(log + "/records/0").bytes()).isEqualTo(bytes);
    api.sendBytes("POST", log + "/records", new byte[0]);
    assertThat(api.get(log + "/records/1").bytes()).isEmpty();
  }

  @Test
  void aKeyAndAMediaTypeAreKept() {
    append("v", "Content-Type", "text/plain; charset=utf-8", "Dislog-Key", "gr%C3%BC%20n");
    Answer record = api.get(log + "/records/0");
    assertThat(record.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(record.header("Dislog-Key")).isEqualTo("gr%C3%BC%20n");
    append("v", "Dislog-Key", "%").refusedAs(ProblemType.BAD_REQUEST).about(0, 1);
    append("v", "Dislog-Key", "%ff").refusedAs(ProblemType.BAD_REQUEST);
    append("v", "Dislog-Key", "a", "Dislog-Key", "b").refusedAs(ProblemType.BAD_REQUEST);
  }

  @Test
  void whatCurlSaysOfABodyByItselfIsNotKept() {
    for (String type :
        List.of(
            "application/x-www-form-urlencoded",
            "Application/X-WWW-Form-URLencoded;charset=UTF-8",
            "application/octet-stream")) {
      String record = append("two teas", "Content-Type", type).header("Location");
      assertThat(api.get(record).header("Content-Type")).isEqualTo("application/octet-stream");
    }
    assertThat(api.get(log + "/records").json().findValues("headers")).isEmpty();
  }

  @Test
  void aTextFormatWhoseParametersCantBeReadIsNotTakenForAnother() {
    for (String type :
        List.of("application/x-ndjson; charset", "application/vnd.dislog.batch+json;=")) {
      append("a\nb", "Content-Type", type)
          .refusedAs(ProblemType.UNSUPPORTED_MEDIA_TYPE)
          .about(0, 0);
    }
  }

  @Test
  void aLongKeyIsKeptButLeftOutOfTheHeader() {
    String key = "k".repeat(9000);
    append("v", "Dislog-Key", key);
    assertThat(api.get(log + "/records/0").header("Dislog-Key")).isEqualTo("(none)");
    assertThat(api.get(log + "/records").json().at("/records/0/key").textValue()).isEqualTo(key);
    append("v", "Dislog-Key", "%61".repeat(32 << 10));
    assertThat(api.get(log).json().path("records").intValue()).isEqualTo(2);
    append("v", "Dislog-Key", "k".repeat((32 << 10) + 1))
        .refusedAs(ProblemType.RECORD_TOO_LARGE)
        .about(0, 2);
  }

  @Test
  void aJsonBatchAndABinaryBatchAreReadAlike() {
    append(
        "{\"records\":[{\"value\":\"v\",\"key\":\"k\",\"headers\":{\"h\":\"w\"}},{\"json\":{ }}]}",
        "Content-Type",
        "application/vnd.dislog.batch+json");
    api.sendBytes(
        "POST",
        log + "/records",
        HexFormat.of().parseHex("0000001103000000016b00010001680000000177" + "76"),
        "Content-Type",
        "application/vnd.dislog.batch");
    JsonNode records = api.get(log + "/records").json().path("records");
    assertThat(records.get(0).path("headers").toString()).isEqualTo("{\"h\":\"w\"}");
    assertThat(records.get(1).path("value").textValue()).isEqualTo("{ }");
    assertThat(records.get(2).path("key").textValue()).isEqualTo("k");
    assertThat(records.get(2).path("value").textValue()).isEqualTo("v");
  }

  @Test
  void aBadBatchChangesNothing() {
    append(
            "{\"records\":[{\"value\":\"a\"},{}]}",
            "Content-Type",
            "application/vnd.dislog.batch+json")
        .refusedAs(ProblemType.MALFORMED_BATCH)
        .about(0, 0);
    append("nonsense", "Content-Type", "application/vnd.dislog.batch")
        .refusedAs(ProblemType.MALFORMED_BATCH);
    append("\n\n", "Content-Type", "application/x-ndjson").refusedAs(ProblemType.EMPTY_BATCH);
    append("", "Content-Type", "application/vnd.dislog.batch").refusedAs(ProblemType.EMPTY_BATCH);
    append("a", "Content-Type", "application/x-ndjson; charset=utf-16")
        .refusedAs(ProblemType.UNSUPPORTED_MEDIA_TYPE)
        .about(0, 0);
    append("a", "Content-Encoding", "gzip")
        .refusedAs(ProblemType.UNSUPPORTED_MEDIA_TYPE)
        .about(0, 0);
    assertThat(append("a", "Content-Encoding", "identity").status()).isEqualTo(201);
  }

  @Test
  void aValueAboveTheLogsLimitIsTooLarge() {
    api.send("PATCH", log, "{\"maxRecordBytes\":3}", "Content-Type", "application/json");
    Answer refused = append("abc\nabcd", "Content-Type", "application/x-ndjson").about(0, 0);
    refused.refusedAs(ProblemType.RECORD_TOO_LARGE);
    assertThat(refused.json().path("limit").intValue()).isEqualTo(3);
    assertThat(refused.json().path("index").intValue()).isEqualTo(1);
    assertThat(append("abc").status()).isEqualTo(201);
  }

  @Test
  void anExpectedOffsetMustBeTheEnd() {
    assertThat(append("a", "Dislog-Expected-Offset", "0").status()).isEqualTo(201);
    Answer refused = append("a", "Dislog-Expected-Offset", "0").about(0, 1);
    refused.refusedAs(ProblemType.OFFSET_MISMATCH);
    assertThat(refused.json().path("endOffset").intValue()).isEqualTo(1);
    for (String bad : List.of("-1", "x", "+1", "1.0", "9223372036854775808")) {
      append("a", "Dislog-Expected-Offset", bad).refusedAs(ProblemType.BAD_REQUEST);
    }
  }

  @Test
  void anIdempotentProducersRepeatAppendsNothing() {
    assertThat(produce("p", 0, 0).status()).isEqualTo(201);
    Answer repeat = produce("p", 0, 0).about(0, 1);
    assertThat(repeat.status()).isEqualTo(200);
    assertThat(repeat.header("Dislog-Duplicate")).isEqualTo("true");
    assertThat(repeat.header("Dislog-Base-Offset")).isEqualTo("0");
    assertThat(repeat.header("Dislog-Next-Offset")).isEqualTo("1");
    assertThat(repeat.json().path("baseOffset").intValue()).isZero();
    Answer gap = produce("p", 0, 2).refusedAs(ProblemType.SEQUENCE_GAP).about(0, 1);
    assertThat(gap.json().path("expectedSeq").intValue()).isEqualTo(1);
    for (int seq = 1; seq <= 5; seq++) {
      assertThat(produce("p", 0, seq).status()).isEqualTo(201);
    }
    produce("p", 0, 0).refusedAs(ProblemType.SEQUENCE_TOO_OLD).about(0, 6);
    assertThat(produce("p", 1, 0).status()).isEqualTo(201);
    Answer fenced = produce("p", 0, 6).refusedAs(ProblemType.PRODUCER_FENCED).about(0, 7);
    assertThat(fenced.json().path("currentEpoch").intValue()).isEqualTo(1);
  }

  @Test
  void aProducersHeadersGoTogetherAndHaveTheirRanges() {
    append("x", "Producer-Id", "p").refusedAs(ProblemType.BAD_REQUEST).about(0, 0);
    append("x", "Producer-Epoch", "0", "Producer-Seq", "0").refusedAs(ProblemType.BAD_REQUEST);
    produce("p".repeat(257), 0, 0).refusedAs(ProblemType.BAD_REQUEST);
    produce("p", 9007199254740992L, 0).refusedAs(ProblemType.BAD_REQUEST);
    produce("p", 0, -1).refusedAs(ProblemType.BAD_REQUEST);
    assertThat(produce("p".repeat(256), 9007199254740991L, 0).status()).isEqualTo(201);
  }

  private Answer append(String body, String... headers) {
    return api.send("POST", log + "/records", body, headers);
  }

  private Answer produce(String id, long epoch, long seq) {
    return append(
        "x",
        "Producer-Id",
        id,
        "Producer-Epoch",
        Long.toString(epoch),
        "Producer-Seq",
        Long.toString(seq));
  }
}

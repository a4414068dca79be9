package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.Api.Answer;
import io.dislog.http.notation.ProblemType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Dislog makes of the protocol, where the protocol's own suite does not look. */
@QuarkusTest
@TestProfile(StreamProfile.class)
final class DurableStreamsApiTest {

  private static final String TEXT = "text/plain";

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
  void aStreamIsTheLogOfItsName() {
    streams.created(stream, TEXT, "a");
    assertThat(streams.append(stream, TEXT, "b").status()).isEqualTo(204);
    assertThat(api.send("POST", "/v1/logs/" + name + "/records", "c").status()).isEqualTo(201);
    Answer read = api.get(stream);
    assertThat(read.text()).isEqualTo("abc");
    assertThat(read.header("Content-Type")).isEqualTo(TEXT);
    read.about(0, 3);
    assertThat(api.get("/v1/logs/" + name + "/records/1").header("Content-Type")).isEqualTo(TEXT);
    assertThat(api.get("/v1/logs/" + name).json().path("path").textValue()).isEqualTo(name);
  }

  @Test
  void aLogThatNobodySaidATypeOfIsAStreamOfBytes() {
    String log = api.newLog();
    api.append(log, "a", "b");
    String path = log.replace("/v1/logs/", "/v1/stream/");
    assertThat(api.get(path).text()).isEqualTo("ab");
    assertThat(api.get(path).header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(api.send("PUT", path, null).status()).isEqualTo(200);
    assertThat(api.send("PUT", path, null, "Content-Type", "application/octet-stream").status())
        .isEqualTo(200);
    api.send("PUT", path, null, "Content-Type", TEXT).refusedAs(ProblemType.LOG_CONFIG_DIFFERS);
    assertThat(api.send("POST", path, "c", "Content-Type", "application/octet-stream").status())
        .isEqualTo(204);
    assertThat(api.get(path).text()).isEqualTo("abc");
  }

  @Test
  void aPathThatIsNoNameHasALogOfItsOwn() {
    stream = "/v1/stream/Users/J%C3%BCrgen;a=b/" + name;
    Answer put = streams.created(stream, TEXT, "a");
    assertThat(put.header("Location")).isEqualTo(streams.origin() + stream);
    assertThat(api.get("/v1/stream/Users/J%c3%bcrgen%3Ba%3Db%2F" + name).text()).isEqualTo("a");
    String log = "x--_55sers_2f_4a_c3_bcrgen_3ba_3db_2f" + name;
    assertThat(api.get("/v1/logs/" + log).json().path("path").textValue())
        .isEqualTo("Users/J\u00fcrgen;a=b/" + name);
  }

  @ParameterizedTest
  @CsvSource({
    "a//b, 400",
    "a/, 400",
    "/a, 400",
    "a/../b, 400",
    "%2e%2E, 400",
    ".%2e/a, 400",
    "a/./b, 400",
    "%ff, 400",
    "a%2F, 400",
    "__ds/subscriptions, 404",
    "__ds/, 400"
  })
  void crookedPathsAreRefused(String path, int status) {
    assertThat(api.send("PUT", "/v1/stream/" + path, "a").status()).as(path).isEqualTo(status);
  }

  @Test
  void whatIsMoreThanAnAnswerHoldsComesInSeveral() {
    streams.created(stream, "application/octet-stream", "");
    byte[] part = new byte[1 << 20];
    for (int i = 0; i < 6; i++) {
      part[0] = (byte) i;
      assertThat(
              api.sendBytes("POST", stream, part, "Content-Type", "application/octet-stream")
                  .status())
          .isEqualTo(204);
    }
    Answer first = api.get(stream);
    assertThat(first.bytes()).hasSize(4 << 20);
    assertThat(first.header("Stream-Up-To-Date")).isEqualTo("(none)");
    assertThat(first.header("Stream-Next-Offset")).isEqualTo(Streams.offset(4));
    Answer rest = api.get(stream + "?offset=" + Streams.offset(4));
    assertThat(rest.bytes()).hasSize(2 << 20);
    assertThat(rest.bytes()[1 << 20]).isEqualTo((byte) 5);
    assertThat(rest.header("Stream-Up-To-Date")).isEqualTo("true");
  }

  @Test
  void offsetsThatTheStreamDoesNotHaveAreRefused() {
    streams.created(stream, TEXT, "a");
    streams.append(stream, TEXT, "b");
    streams.append(stream, TEXT, "c");
    assertThat(api.send("DELETE", "/v1/logs/" + name + "/records?before=2", null).status())
        .isEqualTo(200);
    assertThat(api.get(stream).text()).isEqualTo("c");
    assertThat(api.get(stream + "?offset=-1").text()).isEqualTo("c");
    api.get(stream + "?offset=" + Streams.offset(1))
        .refusedAs(ProblemType.OFFSET_TRIMMED)
        .about(2, 3);
    api.get(stream + "?offset=" + Streams.offset(4)).refusedAs(ProblemType.OFFSET_BEYOND_END);
    api.get(stream + "?offset=2").refusedAs(ProblemType.BAD_REQUEST);
    api.get(stream + "?offset=" + Streams.offset(4) + "&live=long-poll")
        .refusedAs(ProblemType.OFFSET_BEYOND_END);
    api.get(stream + "?offset=" + Streams.offset(1) + "&live=sse")
        .refusedAs(ProblemType.OFFSET_TRIMMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"live=x", "live=sse", "offset=-1&cursor=x", "offset=-1&live=", "offset="})
  void parametersThatCanNotBeAreRefused(String query) {
    streams.created(stream, TEXT, "a");
    api.get(stream + "?" + query).refusedAs(ProblemType.BAD_REQUEST).about(0, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "Stream-TTL, 1.5",
    "Stream-TTL, 01",
    "Stream-TTL, 86400000001",
    "Stream-TTL, 99999999999999999999",
    "Stream-Expires-At, 2020-01-01T00:00:00Z",
    "Stream-Expires-At, tomorrow",
    "Stream-Expires-At, 99999999999999",
    "Content-Type, text",
    "Stream-Fork-Offset, 00000000000000000000",
    "Stream-Fork-Sub-Offset, 0"
  })
  void headersThatCanNotBeAreRefused(String header, String value) {
    api.send("PUT", stream, "a", header, value).refusedAs(ProblemType.BAD_REQUEST);
    assertThat(api.get(stream).status()).isEqualTo(404);
  }

  @Test
  void aLifetimeIsTold() {
    streams.created(stream, TEXT, "", "Stream-TTL", "86400000000");
    assertThat(api.send("HEAD", stream, null).header("Stream-TTL")).isEqualTo("86400000000");
    assertThat(api.get("/v1/logs/" + name).json().at("/config/ttl").textValue())
        .isEqualTo("1000000d");
    String other = stream + "-other";
    String time = Instant.now().plusSeconds(1000).toString().substring(0, 19) + "Z";
    assertThat(api.send("PUT", other, null, "Stream-Expires-At", time).status()).isEqualTo(201);
    assertThat(api.send("HEAD", other, null).header("Stream-Expires-At"))
        .isEqualTo(time.replace("Z", ".000Z"));
    assertThat(api.get(other).header("Cache-Control")).contains("public, max-age=60");
  }

  @Test
  void cachesKeepNothingLongerThanTheStream() {
    streams.created(stream, TEXT, "a", "Stream-TTL", "30");
    assertThat(api.get(stream).header("Cache-Control")).isEqualTo("public, max-age=30");
  }

  @Test
  void aStreamThatIsNotThereIsRefusedWithTheSameHeaders() {
    for (String method : new String[] {"GET", "POST", "DELETE", "PATCH"}) {
      Answer answer = api.send(method, stream, "a", "Content-Type", TEXT);
      answer.refusedAs(
          method.equals("PATCH") ? ProblemType.METHOD_NOT_ALLOWED : ProblemType.UNKNOWN_LOG);
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
      assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
      assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }
    assertThat(api.send("HEAD", stream, null).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "Text/HTML; charset=utf-8",
        "application/xhtml+xml",
        "application/xml",
        "image/svg+xml",
        "text/javascript",
        "application/javascript",
        "text/css",
        "application/pdf"
      })
  void whatBrowsersRunIsAnAttachment(String type) {
    streams.created(stream, type, "<script>");
    assertThat(api.get(stream).header("Content-Disposition")).isEqualTo("attachment");
    assertThat(api.send("HEAD", stream, null).header("Content-Disposition"))
        .isEqualTo("attachment");
  }

  @Test
  void otherTypesAreShown() {
    streams.created(stream, TEXT, "<script>");
    assertThat(api.get(stream).header("Content-Disposition")).isEqualTo("(none)");
  }

  @Test
  void aDeletedStreamMayBeMadeAgainAsAnotherOne() {
    streams.created(stream, TEXT, "a");
    String tag = api.get(stream).header("ETag");
    assertThat(api.send("DELETE", stream, null).status()).isEqualTo(204);
    streams.created(stream, TEXT, "a");
    assertThat(api.get(stream).header("ETag")).isNotEqualTo(tag);
    assertThat(api.get(stream, "If-None-Match", tag).status()).isEqualTo(200);
  }
}

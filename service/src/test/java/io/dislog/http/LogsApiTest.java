package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.http.Api.Answer;
import io.dislog.http.notation.ProblemType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(DefaultProfile.class)
final class LogsApiTest {

  private static final String MERGE_PATCH = "application/merge-patch+json";

  @TestHTTPResource URI base;
  private Api api;

  @BeforeEach
  void connect() {
    api = new Api(base).awaitReady();
  }

  @Test
  void aLogIsCreatedOnceAndFoundFromThenOn() {
    Answer created = api.send("PUT", "/v1/logs/created", "{\"segment\":{\"maxBytes\":\"1Mi\"}}");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location")).isEqualTo("/v1/logs/created");
    created.about(0, 0);
    Answer same = api.send("PUT", "/v1/logs/created", "{\"segment\":{\"maxBytes\":1048576}}");
    assertThat(same.status()).isEqualTo(200);
    assertThat(same.json()).isEqualTo(created.json());
    assertThat(api.send("PUT", "/v1/logs/created", null).status()).isEqualTo(200);
    api.send("PUT", "/v1/logs/created", "{}").refusedAs(ProblemType.LOG_CONFIG_DIFFERS).about(0, 0);
  }

  @Test
  void aDescriptionHasTheWholeEffectiveConfiguration() {
    JsonNode description = api.send("PUT", "/v1/logs/described", null).json();
    assertThat(description.path("config").toString())
        .isEqualTo(
            "{\"segment\":{\"maxBytes\":268435456},\"retention\":{\"maxAge\":\"7d\",\"deleteProcessed\":false,"
                + "\"deleteArchived\":false,\"holdUnprocessed\":false,\"holdUnarchived\":false},"
                + "\"durability\":\"fsync\",\"maxRecordBytes\":1048576}");
    assertThat(description.path("segments").intValue()).isEqualTo(1);
    assertThat(description.has("earliestTime")).isFalse();
    assertThat(description.has("latestTime")).isFalse();
  }

  @Test
  void timesAppearWithTheFirstRecord() {
    String log = api.newLog();
    api.append(log, "a", "b");
    JsonNode description = api.get(log).about(0, 2).json();
    assertThat(description.path("records").intValue()).isEqualTo(2);
    assertThat(description.path("earliestTime").textValue())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(description.path("latestTime").textValue())
        .isGreaterThanOrEqualTo(description.path("earliestTime").textValue());
  }

  @Test
  void headHasTheEndsAndNoBody() {
    String log = api.newLog();
    api.append(log, "a");
    Answer head = api.send("HEAD", log, null).about(0, 1);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.bytes()).isEmpty();
    assertThat(api.send("HEAD", "/v1/logs/nobody", null).status()).isEqualTo(404);
  }

  @Test
  void aPatchChangesWhatItNamesAndNothingElse() {
    String log = api.newLog();
    String body =
        "{\"retention\":{\"maxBytes\":\"50Gi\",\"maxAge\":\"none\"},\"durability\":\"buffered\"}";
    JsonNode patched = api.send("PATCH", log, body, "Content-Type", MERGE_PATCH).about(0, 0).json();
    assertThat(patched.path("config").path("retention").path("maxBytes").longValue())
        .isEqualTo(53687091200L);
    assertThat(patched.path("config").path("retention").has("maxAge")).isFalse();
    assertThat(patched.path("config").path("durability").textValue()).isEqualTo("buffered");
    JsonNode reset =
        api.send("PATCH", log, "{\"retention\":null}", "Content-Type", "application/json").json();
    assertThat(reset.path("config").path("retention").has("maxBytes")).isFalse();
    assertThat(reset.path("config").path("retention").path("maxAge").textValue()).isEqualTo("7d");
    assertThat(reset.path("config").path("durability").textValue()).isEqualTo("buffered");
  }

  @Test
  void aPatchInAnotherFormatIsRefused() {
    String log = api.newLog();
    api.send("PATCH", log, "{}").refusedAs(ProblemType.UNSUPPORTED_MEDIA_TYPE).about(0, 0);
    api.send("PATCH", log, "{}", "Content-Type", "text/plain")
        .refusedAs(ProblemType.UNSUPPORTED_MEDIA_TYPE);
    api.send("PATCH", log, "{}", "Content-Type", "application/json;charset=latin1")
        .refusedAs(ProblemType.UNSUPPORTED_MEDIA_TYPE);
  }

  @Test
  void anImpossibleConfigurationChangesNothing() {
    api.send("PUT", "/v1/logs/impossible", "{\"segment\":{\"maxBytes\":1}}")
        .refusedAs(ProblemType.INVALID_CONFIG)
        .aboutNoLog();
    api.send("PUT", "/v1/logs/impossible", "{\"durability\":null}")
        .refusedAs(ProblemType.INVALID_CONFIG);
    api.send("PUT", "/v1/logs/impossible", "{\"colour\":1}").refusedAs(ProblemType.INVALID_CONFIG);
    api.send("PUT", "/v1/logs/impossible", "[]").refusedAs(ProblemType.BAD_REQUEST);
    api.send("PUT", "/v1/logs/impossible", "{").refusedAs(ProblemType.BAD_REQUEST);
    api.get("/v1/logs/impossible").refusedAs(ProblemType.UNKNOWN_LOG).aboutNoLog();
    String log = api.newLog();
    api.send("PATCH", log, "{\"maxRecordBytes\":0}", "Content-Type", MERGE_PATCH)
        .refusedAs(ProblemType.INVALID_CONFIG)
        .about(0, 0);
    api.send("PATCH", log, "", "Content-Type", MERGE_PATCH).refusedAs(ProblemType.BAD_REQUEST);
  }

  @Test
  void namesThatCanBeNoneAreRefusedEverywhere() {
    for (String name :
        List.of("Orders", "-a", ".a", "_a", "a".repeat(129), "a%20b", "%C3%A9", "a%2Fb", "a%00")) {
      api.get("/v1/logs/" + name).refusedAs(ProblemType.INVALID_LOG_NAME).aboutNoLog();
      api.send("PUT", "/v1/logs/" + name, null).refusedAs(ProblemType.INVALID_LOG_NAME);
      api.send("DELETE", "/v1/logs/" + name, null).refusedAs(ProblemType.INVALID_LOG_NAME);
      api.send("POST", "/v1/logs/" + name + "/records", "x")
          .refusedAs(ProblemType.INVALID_LOG_NAME);
      api.get("/v1/logs/" + name + "/records/0").refusedAs(ProblemType.INVALID_LOG_NAME);
    }
    assertThat(api.send("PUT", "/v1/logs/" + "a".repeat(128), null).status()).isEqualTo(201);
    assertThat(api.send("PUT", "/v1/logs/%30.a_-", null).json().path("name").textValue())
        .isEqualTo("0.a_-");
  }

  @Test
  void aDeletedLogIsGoneAndItsNameIsFree() {
    String log = api.newLog();
    api.append(log, "a");
    String tag = api.get(log + "/records/0").header("ETag");
    Answer deleted = api.send("DELETE", log, null).aboutNoLog();
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(deleted.bytes()).isEmpty();
    api.get(log).refusedAs(ProblemType.UNKNOWN_LOG);
    api.send("DELETE", log, null).refusedAs(ProblemType.UNKNOWN_LOG);
    api.send("POST", log + "/records", "x").refusedAs(ProblemType.UNKNOWN_LOG);
    assertThat(api.send("PUT", log, null).status()).isEqualTo(201);
    api.append(log, "a");
    assertThat(api.get(log + "/records/0").header("ETag")).isNotEqualTo(tag);
  }

  @Test
  void logsAreListedPageByPage() {
    for (String name : List.of("page-b", "page-a", "page-c")) {
      api.send("PUT", "/v1/logs/" + name, null);
    }
    JsonNode first = api.get("/v1/logs?prefix=page-&limit=2").json();
    assertThat(first.path("logs").findValuesAsText("name")).containsExactly("page-a", "page-b");
    assertThat(first.path("next").textValue()).isEqualTo("page-b");
    JsonNode last = api.get("/v1/logs?prefix=page-&limit=2&after=page-b").json();
    assertThat(last.path("logs").findValuesAsText("name")).containsExactly("page-c");
    assertThat(last.has("next")).isFalse();
    assertThat(api.get("/v1/logs?prefix=none-").json().path("logs").size()).isZero();
    api.get("/v1/logs?limit=0").refusedAs(ProblemType.BAD_REQUEST);
    api.get("/v1/logs?limit=1001").refusedAs(ProblemType.BAD_REQUEST);
  }

  @Test
  void theDefaultsHoldForAllLogsThatSayNothing() {
    String log = api.newLog();
    JsonNode patched =
        api.send(
                "PATCH",
                "/v1/defaults",
                "{\"segment\":{\"maxAge\":\"48h\"}}",
                "Content-Type",
                MERGE_PATCH)
            .json();
    assertThat(patched.path("segment").path("maxAge").textValue()).isEqualTo("2d");
    assertThat(api.get(log).json().path("config").path("segment").path("maxAge").textValue())
        .isEqualTo("2d");
    api.send(
        "PATCH", "/v1/defaults", "{\"segment\":{\"maxAge\":null}}", "Content-Type", MERGE_PATCH);
    assertThat(api.get("/v1/defaults").json().path("segment").has("maxAge")).isFalse();
    assertThat(api.get(log).json().path("config").path("segment").has("maxAge")).isFalse();
    api.send("PATCH", "/v1/defaults", "{\"x\":1}", "Content-Type", MERGE_PATCH)
        .refusedAs(ProblemType.INVALID_CONFIG);
    api.send("PATCH", "/v1/defaults", "{}").refusedAs(ProblemType.UNSUPPORTED_MEDIA_TYPE);
  }

  @Test
  void whatIsSaidInThePlaceItselfIsToldFromWhatIsInForce() {
    String log = api.newLog();
    String own = "{\"segment\":{\"maxAge\":\"none\"},\"retention\":{\"maxAge\":\"48h\"}}";
    assertThat(api.get("/v1/defaults?config=own").text()).isEqualTo("{}");
    api.send("PATCH", log, own, "Content-Type", MERGE_PATCH);
    String told = "{\"segment\":{\"maxAge\":\"none\"},\"retention\":{\"maxAge\":\"2d\"}}";
    assertThat(api.get(log + "?config=own").json().path("config").toString()).isEqualTo(told);
    String name = log.substring("/v1/logs/".length());
    assertThat(api.get("/v1/logs?config=own&prefix=" + name).json().at("/logs/0/config").toString())
        .isEqualTo(told);
    JsonNode effective = api.get(log + "?config=effective").json();
    assertThat(effective).isEqualTo(api.get(log).json());
    assertThat(effective.at("/config/segment").has("maxAge")).isFalse();
    api.send("PATCH", "/v1/defaults", "{\"maxRecordBytes\":1048576}", "Content-Type", MERGE_PATCH);
    assertThat(api.get("/v1/defaults?config=own").text()).isEqualTo("{\"maxRecordBytes\":1048576}");
    api.send("PATCH", "/v1/defaults", "{\"maxRecordBytes\":null}", "Content-Type", MERGE_PATCH);
    assertThat(api.get("/v1/defaults?config=own").text()).isEqualTo("{}");
    api.get("/v1/defaults?config=").refusedAs(ProblemType.BAD_REQUEST);
    api.get(log + "?config=mine").refusedAs(ProblemType.BAD_REQUEST);
  }

  @Test
  void theClusterIsThisNodeAlone() {
    JsonNode cluster = api.get("/v1/cluster").json();
    assertThat(cluster.path("node").textValue()).isEqualTo("dislog-0");
    assertThat(cluster.path("nodes").get(0).path("id").textValue()).isEqualTo("dislog-0");
    assertThat(cluster.path("nodes").get(0).path("ready").booleanValue()).isTrue();
    assertThat(cluster.path("shards").isArray()).isTrue();
    assertThat(cluster.path("shards").size()).isZero();
    JsonNode node = api.get("/v1/cluster/nodes/dislog-0").json();
    assertThat(node.path("ready").booleanValue()).isTrue();
    assertThat(node.has("why")).isFalse();
    api.get("/v1/cluster/nodes/dislog-1").refusedAs(ProblemType.NOT_FOUND);
  }

  @Test
  void aloneNothingCanBeAskedOfTheCluster() {
    String address = "{\"address\":\"h:1:2\"}";
    api.send("PUT", "/v1/cluster/nodes/n2", address).refusedAs(ProblemType.BAD_REQUEST);
    api.send("DELETE", "/v1/cluster/nodes/n2", null).refusedAs(ProblemType.BAD_REQUEST);
    api.send("PUT", "/v1/cluster/shards/0/leader", "{\"node\":\"n2\"}")
        .refusedAs(ProblemType.BAD_REQUEST);
  }

  @Test
  void aloneAnyConsistencyThatThereIsMeansNothing() {
    String log = api.newLog();
    for (String consistency : List.of("leader", "local")) {
      Answer answer = api.get(log + "?consistency=" + consistency);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Dislog-Consistency")).isEqualTo("(none)");
    }
    api.get(log + "?consistency=strong").refusedAs(ProblemType.BAD_REQUEST).about(0, 0);
  }
}

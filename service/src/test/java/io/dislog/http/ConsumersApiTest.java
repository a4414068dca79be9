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
final class ConsumersApiTest {

  @TestHTTPResource URI base;
  private Api api;
  private String log;

  @BeforeEach
  void createLogOfThree() {
    api = new Api(base);
    log = api.newLog();
    api.append(log, "a", "b", "c");
  }

  @Test
  void aConsumerIsCreatedAndMovedBackAndForth() {
    Answer created = put("c", "{\"offset\":1}").about(0, 3);
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().path("name").textValue()).isEqualTo("c");
    assertThat(created.json().path("offset").intValue()).isEqualTo(1);
    assertThat(created.json().path("lag").intValue()).isEqualTo(2);
    assertThat(created.json().path("updatedAt").textValue()).endsWith("Z");
    assertThat(put("c", "{\"offset\":\"latest\"}").status()).isEqualTo(200);
    assertThat(api.get(log + "/consumers/c").about(0, 3).json().path("offset").intValue())
        .isEqualTo(3);
    assertThat(put("c", "{\"offset\":\"earliest\"}").json().path("offset").intValue()).isZero();
  }

  @Test
  void aPositionIsANumberOrOneOfTheEnds() {
    for (String bad :
        List.of(
            "",
            "[]",
            "{}",
            "{\"offset\":-1}",
            "{\"offset\":1.0}",
            "{\"offset\":\"1\"}",
            "{\"offset\":null}",
            "{\"offset\":1,\"offset\":1}",
            "{\"offset\":99999999999999999999}")) {
      put("c", bad).refusedAs(ProblemType.BAD_REQUEST).about(0, 3);
    }
    Answer beyond = put("c", "{\"offset\":4}").refusedAs(ProblemType.OFFSET_BEYOND_END).about(0, 3);
    assertThat(beyond.json().path("endOffset").intValue()).isEqualTo(3);
    api.get(log + "/consumers/c").refusedAs(ProblemType.UNKNOWN_CONSUMER).about(0, 3);
  }

  @Test
  void aPositionMayLieBelowTheEarliest() {
    api.send("DELETE", log + "/records?before=2", null);
    assertThat(put("c", "{\"offset\":0}").json().path("lag").intValue()).isEqualTo(3);
    api.get(log + "/records?consumer=c").refusedAs(ProblemType.OFFSET_TRIMMED).about(2, 3);
  }

  @Test
  void aMoveMayAskWhereTheConsumerStands() {
    Answer absent = put("c", "{\"offset\":1}", "If-Match", "\"0\"");
    absent.refusedAs(ProblemType.CONSUMER_MOVED).about(0, 3);
    assertThat(absent.json().has("offset")).isFalse();
    put("c", "{\"offset\":1}");
    Answer moved = put("c", "{\"offset\":2}", "If-Match", "\"0\"");
    assertThat(moved.refusedAs(ProblemType.CONSUMER_MOVED).json().path("offset").intValue())
        .isEqualTo(1);
    assertThat(put("c", "{\"offset\":2}", "If-Match", "\"1\"").status()).isEqualTo(200);
    assertThat(put("c", "{\"offset\":3}", "If-Match", "*").status()).isEqualTo(200);
    put("c", "{\"offset\":3}", "If-Match", "3").refusedAs(ProblemType.BAD_REQUEST);
  }

  @Test
  void consumersAreListedByNameAndDeleted() {
    put("b", "{\"offset\":1}");
    put("a", "{\"offset\":2}");
    JsonNode list = api.get(log + "/consumers").about(0, 3).json();
    assertThat(list.path("consumers").findValuesAsText("name")).containsExactly("a", "b");
    assertThat(api.send("DELETE", log + "/consumers/a", null).about(0, 3).status()).isEqualTo(204);
    api.send("DELETE", log + "/consumers/a", null)
        .refusedAs(ProblemType.UNKNOWN_CONSUMER)
        .about(0, 3);
  }

  @Test
  void namesThatCanBeNoneAreRefusedInEveryRequest() {
    for (String name : List.of("C", "-c", "c".repeat(129), "a%2Fb", "a;b", "%2e%2e", "%C0%AF")) {
      put(name, "{\"offset\":1}").refusedAs(ProblemType.INVALID_CONSUMER_NAME).about(0, 3);
      api.get(log + "/consumers/" + name).refusedAs(ProblemType.INVALID_CONSUMER_NAME);
      api.send("DELETE", log + "/consumers/" + name, null)
          .refusedAs(ProblemType.INVALID_CONSUMER_NAME);
    }
    api.get("/v1/logs/nobody/consumers/c").refusedAs(ProblemType.UNKNOWN_LOG).aboutNoLog();
  }

  @Test
  void segmentsAreSealedPlannedAndDeleted() {
    Answer sealed = api.send("POST", log + "/segments", null).about(0, 3);
    assertThat(sealed.status()).isEqualTo(201);
    assertThat(sealed.json().path("baseOffset").intValue()).isEqualTo(3);
    assertThat(sealed.json().path("state").textValue()).isEqualTo("active");
    assertThat(sealed.json().has("firstTime")).isFalse();
    assertThat(api.send("POST", log + "/segments", null).status()).isEqualTo(200);
    JsonNode segments = api.get(log + "/segments").about(0, 3).json().path("segments");
    assertThat(segments.findValuesAsText("state")).containsExactly("sealed", "active");
    assertThat(segments.get(0).path("records").intValue()).isEqualTo(3);
    assertThat(segments.get(0).path("archived").booleanValue()).isFalse();
    put("c", "{\"offset\":2}");
    String rules = "{\"retention\":{\"maxBytes\":1,\"holdUnprocessed\":true}}";
    api.send("PATCH", log, rules, "Content-Type", "application/json");
    JsonNode held = api.get(log + "/retention/plan").about(0, 3).json().path("segments").get(0);
    assertThat(held.path("deletable").booleanValue()).isFalse();
    assertThat(held.path("because").toString()).isEqualTo("[\"maxBytes\"]");
    assertThat(held.path("heldBy").toString()).isEqualTo("[\"consumer:c\"]");
    put("c", "{\"offset\":3}");
    JsonNode run = api.send("POST", log + "/retention/run", null).json();
    assertThat(run.path("deletedSegments").intValue()).isEqualTo(1);
    assertThat(run.path("reclaimedBytes").longValue()).isPositive();
    api.get(log).about(3, 3);
  }

  @Test
  void aPlanIsMadeWithAPatchThatChangesNothing() {
    api.send("POST", log + "/segments", null);
    String before = api.get(log).text();
    Answer tried = tryPlan("{\"retention\":{\"maxBytes\":1}}").about(0, 3);
    assertThat(tried.json().at("/segments/0/deletable").booleanValue()).isTrue();
    assertThat(tried.json().at("/segments/0/because").toString()).isEqualTo("[\"maxBytes\"]");
    assertThat(api.get(log + "/retention/plan").json().at("/segments/0/deletable").booleanValue())
        .isFalse();
    assertThat(api.get(log).text()).isEqualTo(before);
    api.send("PATCH", log, "{\"retention\":{\"maxBytes\":1}}", "Content-Type", "application/json");
    String released = "{\"retention\":{\"maxBytes\":null}}";
    assertThat(tryPlan(released).json().at("/segments/0/deletable").booleanValue()).isFalse();
    assertThat(tryPlan("{}").json().at("/segments/0/deletable").booleanValue()).isTrue();
    tryPlan("{\"retention\":{\"maxBites\":1}}").refusedAs(ProblemType.INVALID_CONFIG).about(0, 3);
    api.send("POST", log + "/retention/plan", "{}", "Content-Type", "text/plain")
        .refusedAs(ProblemType.UNSUPPORTED_MEDIA_TYPE);
    api.send("POST", "/v1/logs/nobody/retention/plan", "{}").refusedAs(ProblemType.UNKNOWN_LOG);
  }

  private Answer tryPlan(String patch) {
    return api.send(
        "POST", log + "/retention/plan", patch, "Content-Type", "application/merge-patch+json");
  }

  private Answer put(String name, String body, String... headers) {
    return api.send("PUT", log + "/consumers/" + name, body, headers);
  }
}

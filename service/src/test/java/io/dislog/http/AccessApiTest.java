package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.http.notation.ProblemType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what where an operator has written rules and handed out tokens. */
@QuarkusTest
@TestProfile(AccessProfile.class)
final class AccessApiTest {

  @TestHTTPResource URI base;

  @TestHTTPResource(management = true)
  URI management;

  private Api api;
  private String rules;

  @BeforeEach
  void begin() {
    rules = ConfigProvider.getConfig().getValue("dislog.auth.rules-file", String.class);
    AccessProfile.write(rules, AccessProfile.USUAL);
    api = new Api(base);
    Await.until(() -> as("root", "PUT", "/v1/logs/till-1", "").status() / 100 == 2);
    Await.until(() -> as("reader", "GET", "/v1/logs/till-1", null).status() == 200);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/logs/till-1, reader till- keeper biller",
    "GET, /v1/logs/till-1/records, reader till- keeper biller",
    "POST, /v1/logs/till-1/records, till reader- keeper- biller-",
    "POST, /v1/logs/till-new/records, till reader- keeper- biller-",
    "PUT, /v1/logs/till-1/consumers/bill-1, biller till- reader- keeper-",
    "PUT, /v1/logs/till-1/consumers/other, till- reader- keeper- biller-",
    "POST, /v1/logs/till-1/segments, keeper till- reader- biller-",
    "POST, /v1/logs/till-1/retention/plan, reader keeper biller till-",
    "PUT, /v1/stream/till/A, keeper till- reader-",
    "GET, /v1/stream/till/A, keeper reader till-",
    "GET, /v1/logs/x--till_2f_41, keeper reader till-",
    "PATCH, /v1/defaults, till- reader- keeper- biller-"
  })
  void everyoneMayWhatARuleAllows(String method, String path, String who) {
    as("root", "PUT", "/v1/stream/till/A", null, "Content-Type", "text/plain");
    String body = method.equals("PUT") && path.contains("consumers") ? "{\"offset\":0}" : "{}";
    String type =
        method.equals("PATCH") || path.endsWith("plan") ? "application/json" : "text/plain";
    for (String word : who.split(" ", -1)) {
      boolean may = !word.endsWith("-");
      String name = may ? word : word.substring(0, word.length() - 1);
      Api.Answer answer =
          as(name, method, path, method.equals("GET") ? null : body, "Content-Type", type);
      assertThat(answer.status() / 100 == 2).as(name + " " + answer.text()).isEqualTo(may);
      if (!may) {
        answer.refusedAs(ProblemType.FORBIDDEN).aboutNoLog();
        assertThat(answer.json().path("right").asText()).isNotEmpty();
      }
    }
    as("nobody", method, path, method.equals("GET") ? null : body, "Content-Type", type)
        .refusedAs(path.equals("/v1/defaults") ? ProblemType.FORBIDDEN : ProblemType.UNKNOWN_LOG)
        .aboutNoLog();
    Api.Answer stranger =
        api.send(method, path, method.equals("GET") ? null : body, "Content-Type", type)
            .refusedAs(ProblemType.UNAUTHENTICATED)
            .aboutNoLog();
    assertThat(stranger.header("WWW-Authenticate")).isEqualTo("Bearer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        "Bearer secret-of-tills",
        "secret-of-till",
        "Basic c2VjcmV0LW9mLXRpbGw6",
        "Bearer Bearer secret-of-till",
        "Bearer secret-of-till, Bearer secret-of-till",
      })
  void aWrongCredentialIsNobodys(String credential) {
    api.get("/v1/logs/news", "Authorization", credential).refusedAs(ProblemType.UNAUTHENTICATED);
    api.get("/v1/logs/till-1", "Authorization", credential).refusedAs(ProblemType.UNAUTHENTICATED);
    api.get("/v1/cluster", "Authorization", credential).refusedAs(ProblemType.UNAUTHENTICATED);
  }

  @Test
  void twoCredentialsAreNone() {
    api.get(
            "/v1/logs/till-1",
            "Authorization",
            "Bearer secret-of-till",
            "Authorization",
            "Bearer secret-of-reader")
        .refusedAs(ProblemType.UNAUTHENTICATED);
  }

  @Test
  void whatIsNotThereIsToldAsWhatOneMayNotKnowOf() {
    Api.Answer hidden = as("nobody", "GET", "/v1/logs/till-1", null);
    hidden.refusedAs(ProblemType.UNKNOWN_LOG);
    Api.Answer missing = as("root", "GET", "/v1/logs/till-2", null);
    missing.refusedAs(ProblemType.UNKNOWN_LOG);
    assertThat(hidden.text().replace("till-1", "till-2")).isEqualTo(missing.text());
    assertThat(headers(hidden)).isEqualTo(headers(missing));
    assertThat(headers(as("nobody", "GET", "/v1/stream/till/A", null)))
        .isEqualTo(headers(as("root", "GET", "/v1/stream/till/B", null)));
    api.get("/v1/logs/till-2").refusedAs(ProblemType.UNAUTHENTICATED);
  }

  private static List<String> headers(Api.Answer answer) {
    return answer.response().headers().map().keySet().stream().sorted().toList();
  }

  @Test
  void aListShowsWhatOneMayKnowOf() {
    for (String name : List.of("news", "a-other", "till-3", "z-other")) {
      as("root", "PUT", "/v1/logs/" + name, "");
    }
    assertThat(list("root", "")).contains("news", "a-other", "till-1", "till-3", "z-other");
    assertThat(list("reader", "")).contains("news", "till-1", "till-3").doesNotContain("a-other");
    assertThat(list("nobody", "")).containsExactly("news");
    assertThat(names(api.get("/v1/logs").json())).containsExactly("news");
    JsonNode page = as("reader", "GET", "/v1/logs?limit=1", null).json();
    assertThat(names(page)).containsExactly("news");
    assertThat(page.path("next").textValue()).isEqualTo("news");
    assertThat(list("reader", "?limit=1&after=news")).containsExactly("till-1");
    assertThat(as("nobody", "GET", "/v1/logs?limit=1", null).json().has("next")).isFalse();
  }

  private List<String> list(String name, String query) {
    return names(as(name, "GET", "/v1/logs" + query, null).json());
  }

  private static List<String> names(JsonNode page) {
    List<String> names = new ArrayList<>();
    page.path("logs").forEach(log -> names.add(log.path("name").textValue()));
    return names;
  }

  @Test
  void toCloseWithAnAppendIsToManage() {
    as("root", "PUT", "/v1/logs/till-4", "");
    as("till", "POST", "/v1/logs/till-4/records", "x", "Dislog-Close", "TRUE")
        .refusedAs(ProblemType.FORBIDDEN);
    as(
            "till",
            "POST",
            "/v1/logs/till-4/records",
            "x",
            "Dislog-Close",
            "false",
            "Dislog-Close",
            "true")
        .refusedAs(ProblemType.FORBIDDEN);
    as("root", "PUT", "/v1/stream/till/C", null);
    as("till", "POST", "/v1/stream/till/C", null, "Stream-Closed", "true")
        .refusedAs(ProblemType.FORBIDDEN);
    assertThat(as("till", "POST", "/v1/logs/till-4/records", "x").status()).isEqualTo(201);
    assertThat(as("root", "POST", "/v1/logs/till-4/records", "x", "Dislog-Close", "true").status())
        .isEqualTo(201);
  }

  @Test
  void aForkNeedsToReadItsSource() {
    as("root", "PUT", "/v1/stream/secret/A", null);
    as("root", "PUT", "/v1/stream/till/D", null);
    as("keeper", "PUT", "/v1/stream/till/F", null, "Stream-Forked-From", "/v1/stream/secret/A")
        .refusedAs(ProblemType.UNKNOWN_LOG);
    as("keeper", "PUT", "/v1/stream/till/F", null, "Stream-Forked-From", "/v1/stream/secret/%41")
        .refusedAs(ProblemType.UNKNOWN_LOG);
    assertThat(
            as(
                    "keeper",
                    "PUT",
                    "/v1/stream/till/F",
                    null,
                    "Stream-Forked-From",
                    "/v1/stream/till/D")
                .status())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/%6cogs/till-1",
        "/v1/logs/till%2D1",
        "/%76%31/logs/till-1/records/0",
        "/v1/stream/till%2FA",
        "/v1/stream/til%6C/A",
        "/v1/stream/till-1",
        "http://elsewhere/v1/logs/till-1"
      })
  void aPathIsRefusedHoweverItIsWritten(String path) throws IOException {
    try (Wire wire = new Wire(base)) {
      wire.send("GET " + path + " HTTP/1.1\nHost: a\nDislog-Forwarded: n2\n\n");
      assertThat(wire.readUntil("\r\n\r\n")).contains(" 401 ");
    }
  }

  @Test
  void aBodyIsNotAskedForFromWhomItIsNotTaken() throws IOException {
    try (Wire wire = new Wire(base)) {
      wire.send(
          """
          POST /v1/logs/till-1/records HTTP/1.1
          Host: a
          Content-Length: 5
          Expect: 100-continue

          """);
      assertThat(wire.readUntil("\r\n\r\n")).contains(" 401 ");
    }
  }

  @Test
  void changedRulesAreInForceAtOnceAndBadOnesNever() {
    as("nobody", "GET", "/v1/logs/till-1", null).refusedAs(ProblemType.UNKNOWN_LOG);
    AccessProfile.write(
        rules, AccessProfile.USUAL + "  - {who: ['token:nobody'], may: [read], logs: ['*']}\n");
    Await.until(() -> as("nobody", "GET", "/v1/logs/till-1", null).status() == 200);
    AccessProfile.write(rules, "rules: [oops]");
    Api metrics = new Api(management);
    Await.until(() -> metrics.metric("dislog_auth_rules_stale") == 1);
    assertThat(as("nobody", "GET", "/v1/logs/till-1", null).status()).isEqualTo(200);
    assertThat(metrics.get("/q/health/ready").text()).contains("rule 1: it is not an object");
    AccessProfile.write(rules, AccessProfile.USUAL);
    Await.until(() -> as("nobody", "GET", "/v1/logs/till-1", null).status() == 404);
    assertThat(metrics.metric("dislog_auth_rules_stale")).isZero();
  }

  @Test
  void refusalsAreCountedByWhatTheyNeeded() {
    Api metrics = new Api(management);
    double before = metrics.metric("dislog_auth_refused_total{right=\"append\"}");
    api.send("POST", "/v1/logs/till-1/records", "x");
    as("reader", "POST", "/v1/logs/till-1/records", "x");
    assertThat(metrics.metric("dislog_auth_refused_total{right=\"append\"}")).isEqualTo(before + 2);
  }

  @Test
  void refusalsOfTheirContentTellTheEndsToWhoMayKnowThem() {
    as("reader", "GET", "/v1/logs/till-1/records?nope=1", null).refusedAs(ProblemType.BAD_REQUEST);
    assertThat(
            as("reader", "GET", "/v1/logs/till-1/records?nope=1", null).header("Dislog-End-Offset"))
        .isNotEqualTo("(none)");
    api.get("/v1/logs/till-1/records?nope=1").refusedAs(ProblemType.UNAUTHENTICATED).aboutNoLog();
  }

  @Test
  void refusalsAndAdminsChangesAreWrittenAndNothingElse() {
    try (AuditLines lines = new AuditLines()) {
      api.send("POST", "/v1/logs/till-1/records", "x");
      as("reader", "GET", "/v1/logs/till-1", null);
      as("till", "PATCH", "/v1/defaults", "{}", "Content-Type", "application/json");
      as("root", "PATCH", "/v1/defaults", "{}", "Content-Type", "application/json");
      Await.until(() -> lines.all().size() >= 3);
      assertThat(lines.all().toString())
          .contains("principal=anonymous", "log=till-1 right=append outcome=401")
          .contains("principal=token:till", "right=admin outcome=403")
          .contains("principal=token:root", "right=admin outcome=200")
          .contains("request=\"PATCH /v1/defaults\"")
          .doesNotContain("token:reader");
    }
  }

  private Api.Answer as(
      String name, String method, String path, @Nullable String body, String... headers) {
    return AccessProfile.as(api, name, method, path, body, headers);
  }
}

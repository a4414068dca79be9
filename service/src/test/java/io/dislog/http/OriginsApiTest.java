package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.notation.ProblemType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of other origins can do through somebody's browser. */
@QuarkusTest
@TestProfile(OriginsApiTest.Profile.class)
final class OriginsApiTest {

  private static final String ALLOWED = "https://shop.example";

  @TestHTTPResource URI base;
  private Api api;
  private String log;

  /** One origin is allowed. */
  public static final class Profile extends SmallProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
      settings.put("dislog.http.allowed-origins", "https://other.example, " + ALLOWED);
      return settings;
    }
  }

  @BeforeEach
  void connect() {
    api = new Api(base).awaitReady();
    log = api.newLog();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "http://evil.example",
        "null",
        "https://shop.example.evil.example",
        "https://shop.example:8443",
        "http://shop.example",
        "file://",
        "no origin at all"
      })
  void aPageOfAnotherOriginCanDoNothing(String origin) {
    api.send("POST", log + "/records", "x", "Origin", origin)
        .refusedAs(ProblemType.FORBIDDEN_ORIGIN);
    api.get(log + "/records", "Origin", origin).refusedAs(ProblemType.FORBIDDEN_ORIGIN);
    api.send("OPTIONS", log, null, "Origin", origin, "Access-Control-Request-Method", "PUT")
        .refusedAs(ProblemType.FORBIDDEN_ORIGIN);
    api.get(log).about(0, 0);
  }

  @Test
  void aRequestWithoutAnOriginSaysFromWhichSiteItComes() {
    api.get(log, "Sec-Fetch-Site", "cross-site").refusedAs(ProblemType.FORBIDDEN_ORIGIN);
    api.get(log, "Sec-Fetch-Site", "same-site").refusedAs(ProblemType.FORBIDDEN_ORIGIN);
    assertThat(api.get(log, "Sec-Fetch-Site", "same-origin").status()).isEqualTo(200);
    assertThat(api.get(log, "Sec-Fetch-Site", "none").status()).isEqualTo(200);
    assertThat(api.get(log, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate").status())
        .isEqualTo(200);
  }

  @Test
  void thePagesOfTheServiceItselfMayAsk() {
    String own = base.getScheme() + "://" + base.getAuthority();
    assertThat(api.send("POST", log + "/records", "x", "Origin", own).status()).isEqualTo(201);
  }

  /** Else a record that somebody opened could be taken for a script later, unasked. */
  @Test
  void whatABrowserKeepsOfARecordItKeepsForThatUse() {
    api.append(log, "x");
    Api.Answer record = api.get(log + "/records/0", "Origin", ALLOWED);
    assertThat(record.header("Cache-Control")).contains("immutable");
    assertThat(record.response().headers().allValues("Vary"))
        .containsExactlyInAnyOrder("Origin", "Sec-Fetch-Dest");
  }

  @Test
  void anAllowedOriginGetsWhatABrowserNeeds() throws IOException {
    Api.Answer read = api.get("/v1/stream" + log.substring("/v1/logs".length()), "Origin", ALLOWED);
    assertThat(read.header("Access-Control-Allow-Origin")).isEqualTo(ALLOWED);
    assertThat(read.header("Access-Control-Expose-Headers")).contains("Stream-Next-Offset");
    assertThat(read.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
    assertThat(read.header("Vary")).contains("Origin");
    assertThat(read.response().headers().map())
        .doesNotContainKey("access-control-allow-credentials");
    Api.Answer asked =
        api.send(
            "OPTIONS",
            log + "/records",
            null,
            "Origin",
            ALLOWED,
            "Access-Control-Request-Method",
            "POST",
            "Access-Control-Request-Headers",
            "producer-id");
    assertThat(asked.status()).isEqualTo(204);
    assertThat(asked.header("Access-Control-Allow-Methods")).contains("POST");
    assertThat(asked.header("Access-Control-Allow-Headers")).contains("Producer-Id");
  }
}

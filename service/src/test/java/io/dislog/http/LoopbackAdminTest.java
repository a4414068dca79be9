package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.notation.ProblemType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Without rules, whoever is on this machine changes the service as a whole, and nobody else. */
@QuarkusTest
@TestProfile(SmallProfile.class)
final class LoopbackAdminTest {

  private static final String DEFAULTS = "/v1/defaults";

  @TestHTTPResource URI base;

  private Api api;

  @BeforeEach
  void begin() {
    api = new Api(base).awaitReady();
  }

  @Test
  void aRequestOfThisMachineChangesTheDefaults() {
    assertThat(patch("X-Other", "1").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "Forwarded, for=127.0.0.1",
    "forwarded, ''",
    "X-Forwarded-For, 127.0.0.1",
    "X-FORWARDED-PROTO, http",
    "x-forwarded-anything, 1",
    "Via, 1.1 proxy",
  })
  void aRequestThatWasRelayedDoesNot(String header, String value) {
    patch(header, value).refusedAs(ProblemType.UNAUTHENTICATED);
    Api.Answer removal = api.send("DELETE", "/v1/cluster/nodes/n2", null, header, value);
    removal.refusedAs(ProblemType.UNAUTHENTICATED);
    Api.Answer files = api.get("/v1/cluster/shards/0/outline", header, value);
    files.refusedAs(ProblemType.UNAUTHENTICATED);
    assertThat(api.get("/v1/defaults", header, value).status()).isEqualTo(200);
    String log = api.newLog();
    assertThat(api.send("POST", log + "/records", "x", header, value).status()).isEqualTo(201);
  }

  private Api.Answer patch(String header, String value) {
    return api.send("PATCH", DEFAULTS, "{}", "Content-Type", "application/json", header, value);
  }
}

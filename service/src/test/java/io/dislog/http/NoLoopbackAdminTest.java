package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.notation.ProblemType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** In a pod, where others may be on what seems to be this machine, nobody is believed for that. */
@QuarkusTest
@TestProfile(NoLoopbackAdminTest.Profile.class)
final class NoLoopbackAdminTest {

  @TestHTTPResource URI base;

  /** A service that believes to be in a pod. */
  public static final class Profile extends SmallProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
      settings.put("kubernetes.service.host", "10.0.0.1");
      return settings;
    }
  }

  @Test
  void whoeverIsOnThisMachineHasLogsAlone() {
    Api api = new Api(base).awaitReady();
    api.send("PATCH", "/v1/defaults", "{}", "Content-Type", "application/json")
        .refusedAs(ProblemType.UNAUTHENTICATED);
    api.get("/v1/cluster/shards/0/outline").refusedAs(ProblemType.UNAUTHENTICATED);
    assertThat(api.get("/v1/defaults").status()).isEqualTo(200);
    assertThat(api.newLog()).isNotEmpty();
  }
}

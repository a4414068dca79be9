package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.notation.ProblemType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose an idempotent producer is where an operator has written rules. */
@QuarkusTest
@TestProfile(AccessProfile.class)
final class OwnedProducersTest {

  @TestHTTPResource URI base;

  @Test
  void aProducerBelongsToWhoeverUsedItFirst() {
    Api api = new Api(base);
    Await.until(() ->
        AccessProfile.as(api, "root", "PUT", "/v1/logs/till-owned", null).status() / 100 == 2);
    String[] first = request("0");
    String[] next = request("1");
    for (String path : List.of("/v1/logs/till-owned/records", "/v1/stream/till/owned")) {
      AccessProfile.as(
          api, "root", "PUT", path.replace("/records", ""), null, "Content-Type", "text/plain");
      assertThat(AccessProfile.as(api, "till", "POST", path, "x", first).status() / 100)
          .isEqualTo(2);
      AccessProfile.as(api, "root", "POST", path, "x", first).refusedAs(ProblemType.FORBIDDEN);
      AccessProfile.as(api, "root", "POST", path, "x", next).refusedAs(ProblemType.FORBIDDEN);
      assertThat(AccessProfile.as(api, "till", "POST", path, "x", first).status() / 100)
          .isEqualTo(2);
      assertThat(AccessProfile.as(api, "till", "POST", path, "x", next).status() / 100)
          .isEqualTo(2);
    }
  }

  private static String[] request(String epoch) {
    return new String[] {
      "Producer-Id",
      "mine",
      "Producer-Epoch",
      epoch,
      "Producer-Seq",
      "0",
      "Content-Type",
      "text/plain"
    };
  }
}

package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.notation.ProblemType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent on is decided by what a path means, not by how it is written. */
@QuarkusTest
@TestProfile(ClusterProfile.class)
final class ForwardedPathTest {

  private static final String RECORDS = "/v1/logs/orders/records";

  @TestHTTPResource URI base;
  private FakeCluster cluster;
  private Api api;

  @BeforeEach
  void begin() {
    cluster = FakeCluster.current;
    cluster.reset();
    api = new Api(base).awaitReady();
  }

  @Test
  void aPathIsSentOnHoweverItIsWritten() throws IOException {
    try (PeerStub leader = new PeerStub("n2", request -> PeerStub.answer(204, "", ""))) {
      cluster.led(leader.member());
      for (String path :
          new String[] {
            "/v1/%6cogs/orders/records",
            "/v1/logs/%6Frders/records",
            "/%761/logs/orders/recor%64s",
            "http://elsewhere/v1/logs/orders/%72ecords"
          }) {
        try (Wire wire = new Wire(base)) {
          wire.send("DELETE " + path + "?before=%30 HTTP/1.1\nHost: a\n\n");
          assertThat(wire.readUntil("\r\n\r\n")).as(path).contains("204");
        }
      }
      assertThat(leader.requests()).hasSize(4);
      assertThat(leader.requests())
          .allSatisfy(request ->
              assertThat(request.line()).isEqualTo("DELETE " + RECORDS + "?before=%30 HTTP/1.1"));
      api.send("PUT", "/v1/logs/orders/consumers/a;b", "{\"offset\":0}")
          .refusedAs(ProblemType.INVALID_CONSUMER_NAME);
      api.send("POST", RECORDS + "?before=0", "x").refusedAs(ProblemType.BAD_REQUEST);
      assertThat(leader.requests()).hasSize(4);
    }
  }
}

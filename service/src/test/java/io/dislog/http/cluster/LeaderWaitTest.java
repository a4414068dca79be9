package io.dislog.http.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.commit.Member;
import io.dislog.http.Api;
import io.dislog.http.Api.Answer;
import io.dislog.http.Await;
import io.dislog.http.ClusterProfile;
import io.dislog.http.FakeCluster;
import io.dislog.http.PeerStub;
import io.dislog.http.Wire;
import io.dislog.http.notation.ProblemType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a node waits for who leads a write, and what it does then. */
@QuarkusTest
@TestProfile(ClusterProfile.class)
final class LeaderWaitTest {

  private static final int TRIES = 10;

  /** How long the service waits for a leader. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final String RECORDS = "/v1/logs/orders/records";

  @TestHTTPResource URI base;

  @TestHTTPResource(management = true)
  URI management;

  private FakeCluster cluster;
  private Api api;

  @BeforeEach
  void begin() {
    cluster = FakeCluster.current;
    cluster.reset();
    api = new Api(base).awaitReady();
  }

  @AfterEach
  void nothingIsHeld() {
    Await.until(() -> metric("dislog_http_in_flight_bytes") == 0);
  }

  @Test
  void withoutALeaderNothingIsDone() {
    String log = api.newLog();
    cluster.led(null);
    Answer answer;
    long millis;
    int tries = 0;
    do { // Once in time will do: the machine may be paused for longer than that.
      long begin = System.nanoTime();
      answer = api.send("POST", log + "/records", "x").refusedAs(ProblemType.NO_LEADER);
      millis = (System.nanoTime() - begin) / 1_000_000;
      assertThat(millis).isGreaterThanOrEqualTo(1000);
    } while (millis > 5000 && ++tries < TRIES);
    assertThat(millis).isLessThanOrEqualTo(5000);
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    answer.about(0, 0);
    cluster.ledHere();
    assertThat(api.get(log).json().path("endOffset").longValue()).isZero();
  }

  @Test
  void aLeaderIsWaitedFor() throws Exception {
    try (PeerStub leader = new PeerStub("n2", request -> PeerStub.answer(201, "", "{}"))) {
      Answer answer =
          inTime(() -> {
            cluster.led(null);
            return whenWaitedFor(RECORDS, () -> cluster.led(leader.member()));
          });
      assertThat(answer.status()).isEqualTo(201);
      assertThat(leader.requests()).hasSize(1);
    }
  }

  @Test
  void itMayBecomeThisNode() throws Exception {
    String log = api.newLog();
    Answer answer =
        inTime(() -> {
          cluster.led(null);
          return whenWaitedFor(log + "/records", cluster::ledHere);
        });
    assertThat(answer.status()).isEqualTo(201);
  }

  /** Sends a record, and has there be a leader once the service has looked for one some times. */
  private Answer whenWaitedFor(String records, Runnable leads) {
    int before = cluster.looks();
    CompletableFuture<Answer> answer =
        CompletableFuture.supplyAsync(() -> api.send("POST", records, "x"));
    Await.until(() -> cluster.looks() > before + 5 || answer.isDone());
    leads.run();
    return answer.join();
  }

  /**
   * Asks again where the service had given up waiting, as it does after some seconds, before this
   * test went on: the machine may be paused for as long. Nothing was sent then.
   */
  private static Answer inTime(Supplier<Answer> asks) {
    Answer answer;
    long began;
    int tries = 0;
    do {
      began = System.nanoTime();
      answer = asks.get();
    } while (answer.status() == 503
        && System.nanoTime() - began > PATIENCE.toNanos()
        && ++tries < TRIES);
    return answer;
  }

  @Test
  void whoDoesNotLeadAndWhoIsNotThereIsAskedAgainOrAnotherOne() throws Exception {
    try (PeerStub leader = new PeerStub("n2", request -> PeerStub.answer(201, "", "{}"));
        PeerStub former = new PeerStub("n3", request -> PeerStub.notLeader())) {
      former.answers(request -> {
        cluster.led(new Member("n4", "127.0.0.1", 1, PeerStub.closedPort()));
        CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS)
            .execute(() -> cluster.led(leader.member()));
        return PeerStub.notLeader();
      });
      Answer answer =
          inTime(() -> {
            former.requests().clear();
            cluster.led(former.member());
            return api.send("POST", RECORDS, "x");
          });
      assertThat(answer.status()).isEqualTo(201);
      assertThat(former.requests()).hasSize(1);
      assertThat(leader.requests()).hasSize(1);
    }
  }

  @Test
  void whereNobodySaysThatItLeadsThatIsTheAnswer() throws IOException {
    try (PeerStub former = new PeerStub("n3", request -> PeerStub.notLeader())) {
      cluster.led(former.member());
      Answer answer;
      int tries = 0;
      do { // It may have taken too long for a second time, where the machine was paused.
        former.requests().clear();
        answer = api.send("POST", RECORDS, "x").refusedAs(ProblemType.NO_LEADER);
      } while (former.requests().size() < 2 && ++tries < TRIES);
      assertThat(answer.header("Retry-After")).isEqualTo("1");
      assertThat(answer.header("Dislog-Not-Leader")).isEqualTo("true");
      assertThat(answer.text()).doesNotContain("may have");
      assertThat(former.requests()).hasSizeBetween(2, 20);
    }
  }

  @Test
  void whoWentAwayIsNotWaitedFor() throws Exception {
    try (PeerStub leader = new PeerStub("n2", request -> PeerStub.answer(201, "", "{}"))) {
      cluster.led(null);
      double before = metric("dislog_http_forwarded_requests_total{outcome=\"gone\"}");
      try (Wire wire = new Wire(base)) {
        int looks = cluster.looks();
        wire.send("POST " + RECORDS + " HTTP/1.1\nHost: a\nContent-Length: 1\n\nx");
        Await.until(() -> cluster.looks() > looks);
      }
      Await.until(() -> metric("dislog_http_forwarded_requests_total{outcome=\"gone\"}") > before);
      cluster.led(leader.member());
      TimeUnit.MILLISECONDS.sleep(200);
      assertThat(leader.requests()).isEmpty();
    }
  }

  private double metric(String name) {
    return new Api(management).metric(name);
  }
}

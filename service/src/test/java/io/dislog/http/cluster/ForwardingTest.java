package io.dislog.http.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.Api;
import io.dislog.http.Api.Answer;
import io.dislog.http.Await;
import io.dislog.http.ClusterProfile;
import io.dislog.http.FakeCluster;
import io.dislog.http.PeerStub;
import io.dislog.http.PeerStub.Request;
import io.dislog.http.notation.ProblemType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node does with writes that another one leads. */
@QuarkusTest
@TestProfile(ClusterProfile.class)
final class ForwardingTest {

  private static final String RECORDS = "/v1/logs/orders/records";
  private static final String[] PRODUCER = {
    "Producer-Id", "p", "Producer-Epoch", "0", "Producer-Seq", "0"
  };

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
  void theClientIsToldWhereSomethingIsAsItCallsThisNode() throws IOException {
    String path = "/v1/stream/orders";
    try (PeerStub leader =
        new PeerStub(
            "n2",
            request ->
                PeerStub.answer(
                    201, "Location: http://" + request.header("Host") + path + "\n", ""))) {
      cluster.led(leader.member());
      assertThat(api.send("PUT", path, "").header("Location"))
          .isEqualTo("http://" + base.getHost() + ":" + base.getPort() + path);
    }
    for (String said : new String[] {RECORDS + "/1", "http://elsewhere" + path}) {
      try (PeerStub leader =
          new PeerStub("n2", request -> PeerStub.answer(201, "Location: " + said + "\n", ""))) {
        cluster.led(leader.member());
        assertThat(api.send("PUT", path, "").header("Location")).isEqualTo(said);
      }
    }
  }

  @Test
  void aWriteGoesToTheLeaderAsItStandsAndItsAnswerComesBack() throws IOException {
    String said =
        PeerStub.answer(
            201,
            "X-Said: a\nX-Said: b\nConnection: X-Hop\nX-Hop: c\nRetry-After: 9\n",
            "{\"a\":1}");
    try (PeerStub leader = new PeerStub("n2", request -> said)) {
      cluster.led(leader.member());
      double before = metric("dislog_http_forwarded_requests_total{outcome=\"answered\"}");
      Answer answer = api.send("POST", RECORDS, "two\nteas", "X-Own", "1", "Content-Type", "a/b");
      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.text()).isEqualTo("{\"a\":1}");
      assertThat(answer.response().headers().allValues("X-Said")).containsExactly("a", "b");
      assertThat(answer.header("X-Hop")).isEqualTo("(none)");
      assertThat(answer.header("Retry-After")).isEqualTo("9");
      Request request = leader.requests().getFirst();
      assertThat(request.line()).isEqualTo("POST " + RECORDS + " HTTP/1.1");
      assertThat(request.body()).isEqualTo("two\nteas");
      assertThat(request.header("X-Own")).isEqualTo("1");
      assertThat(request.header("Content-Type")).isEqualTo("a/b");
      assertThat(request.header("Dislog-Forwarded")).isEqualTo("n1");
      assertThat(request.header("Host")).endsWith(":" + leader.member().httpPort());
      assertThat(metric("dislog_http_forwarded_requests_total{outcome=\"answered\"}"))
          .isEqualTo(before + 1);
    }
  }

  @Test
  void allThatWritesIsSentOnAndNothingElse() throws IOException {
    String log = api.newLog();
    try (PeerStub leader = new PeerStub("n2", request -> PeerStub.answer(204, "", ""))) {
      cluster.led(leader.member());
      String[] writes = {
        "PUT " + log,
        "PATCH " + log,
        "DELETE " + log,
        "POST /v1/logs/of-others/records",
        "DELETE " + log + "/records?before=0",
        "POST " + log + "/segments",
        "POST " + log + "/retention/run",
        "PUT " + log + "/consumers/c",
        "DELETE " + log + "/consumers/c",
        "PATCH /v1/defaults"
      };
      for (String write : writes) {
        String[] words = write.split(" ", -1);
        assertThat(api.send(words[0], words[1], null).status()).as(write).isEqualTo(204);
      }
      assertThat(leader.requests().stream().map(Request::line))
          .containsExactly(
              Arrays.stream(writes).map(write -> write + " HTTP/1.1").toArray(String[]::new));
      assertThat(api.get(log).status()).isEqualTo(200);
      assertThat(api.send("OPTIONS", log, null).status()).isEqualTo(204);
      String plan = log + "/retention/plan";
      assertThat(api.send("POST", plan, "{}", "Content-Type", "application/json").status())
          .isEqualTo(200);
      api.send("PUT", "/v1/logs/NO", "").refusedAs(ProblemType.INVALID_LOG_NAME);
      api.send("POST", "/v1/logs/NO/records", "x").refusedAs(ProblemType.INVALID_LOG_NAME);
      api.send("POST", log, "").refusedAs(ProblemType.METHOD_NOT_ALLOWED);
      api.send("POST", log + "/nothing", "").refusedAs(ProblemType.NOT_FOUND);
      assertThat(leader.requests()).hasSize(writes.length);
    }
  }

  @Test
  void whatItTookAsTheLeaderGoesToTheNextWhereItDidNotCarryItOut() throws IOException {
    String log = api.newLog();
    try (PeerStub next = new PeerStub("n2", request -> PeerStub.answer(201, "X-By: n2\n", "{}"))) {
      for (String path : new String[] {log + "/records", log + "/segments"}) {
        cluster.ledHere();
        cluster.overtaken(next.member());
        assertThat(api.send("POST", path, "{}").header("X-By")).as(path).isEqualTo("n2");
      }
      assertThat(next.requests()).extracting(Request::body).containsExactly("{}", "{}");
    }
    assertThat(api.get(log).json().path("endOffset").longValue()).isZero();
  }

  @Test
  void whatMayHaveBeenDoneIsNotDoneAgain() throws IOException {
    try (PeerStub leader = new PeerStub("n2", request -> null)) {
      cluster.led(leader.member());
      double before = metric("dislog_http_forwarded_requests_total{outcome=\"unknown\"}");
      for (String write : new String[] {"POST " + RECORDS, "DELETE /v1/logs/orders"}) {
        String[] words = write.split(" ", -1);
        Answer answer = api.send(words[0], words[1], "x").refusedAs(ProblemType.NO_LEADER);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.text()).contains("may have been carried out, or not");
        assertThat(answer.header("Dislog-Not-Leader")).isEqualTo("(none)");
      }
      assertThat(leader.requests()).hasSize(2);
      assertThat(metric("dislog_http_forwarded_requests_total{outcome=\"unknown\"}"))
          .isEqualTo(before + 2);
    }
  }

  @Test
  void whatMayBeDoneTwiceIs() throws IOException {
    try (PeerStub next = new PeerStub("n3", request -> PeerStub.answer(200, "", "{}"));
        PeerStub leader = new PeerStub("n2", request -> null)) {
      leader.answers(request -> {
        cluster.led(next.member());
        return null;
      });
      cluster.led(leader.member());
      assertThat(api.send("POST", RECORDS, "x", PRODUCER).status()).isEqualTo(200);
      cluster.led(leader.member());
      assertThat(api.send("DELETE", RECORDS + "?before=1", null).status()).isEqualTo(200);
      assertThat(leader.requests()).hasSize(2);
      assertThat(next.requests()).hasSize(2);
      assertThat(next.requests().getFirst().header("Producer-Seq")).isEqualTo("0");
    }
  }

  @Test
  void whoHangsIsNotWaitedForOnceAnotherOneLeads() throws IOException {
    try (PeerStub next = new PeerStub("n3", request -> PeerStub.answer(200, "", "{}"));
        PeerStub leader = new PeerStub("n2", request -> null)) {
      leader.answers(request -> {
        cluster.led(next.member());
        return PeerStub.silence(request);
      });
      cluster.led(leader.member());
      assertThat(api.send("POST", RECORDS, "x", PRODUCER).status()).isEqualTo(200);
      cluster.led(leader.member());
      Answer answer = api.send("POST", RECORDS, "x").refusedAs(ProblemType.NO_LEADER);
      assertThat(answer.text()).contains("may have been carried out, or not");
      assertThat(leader.requests()).hasSize(2);
      assertThat(next.requests()).hasSize(1);
    }
  }

  @Test
  void whatWasSentOnOnceIsNotSentOnAgain() throws IOException {
    try (PeerStub leader = new PeerStub("n2", request -> PeerStub.answer(201, "", "{}"))) {
      cluster.led(leader.member());
      Answer answer =
          api.send("POST", RECORDS, "x", "Dislog-Forwarded", "n3").refusedAs(ProblemType.NO_LEADER);
      assertThat(answer.header("Dislog-Not-Leader")).isEqualTo("true");
      assertThat(leader.requests()).isEmpty();
      cluster.ledHere();
      String log = api.newLog();
      assertThat(api.send("POST", log + "/records", "x", "Dislog-Forwarded", "n3").status())
          .isEqualTo(201);
    }
  }

  @Test
  void aLargeBodyGoesOverWhole() throws IOException {
    String body = "0123456789".repeat(800_000);
    try (PeerStub leader = new PeerStub("n2", request -> PeerStub.answer(201, "", "{}"))) {
      cluster.led(leader.member());
      assertThat(api.send("POST", RECORDS, body).status()).isEqualTo(201);
      assertThat(leader.requests().getFirst().body()).isEqualTo(body);
    }
  }

  private double metric(String name) {
    return new Api(management).metric(name);
  }
}

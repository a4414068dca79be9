package io.dislog.http.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.command.Command.Append;
import io.dislog.command.Command.Appended;
import io.dislog.command.Command.ProducerStamp;
import io.dislog.http.Api;
import io.dislog.http.Api.Answer;
import io.dislog.http.Await;
import io.dislog.http.ClusterProfile;
import io.dislog.http.FakeCluster;
import io.dislog.http.PeerStub;
import io.dislog.http.PeerStub.Request;
import io.dislog.http.cluster.RemoteOutcome.Placed;
import io.dislog.http.cluster.RemoteOutcome.Refused;
import io.dislog.http.cluster.RemoteOutcome.Unknown;
import io.dislog.http.exchange.LogEnds;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.server.Service;
import io.dislog.log.Record;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Appends that a node gathers for another one, and those that it carries out for others. */
@QuarkusTest
@TestProfile(ClusterProfile.class)
final class LeaderAppendsTest {

  private static final String[] PRODUCER = {
    "Producer-Id", "p", "Producer-Epoch", "0", "Producer-Seq", "7"
  };

  @TestHTTPResource URI base;

  @TestHTTPResource(management = true)
  URI management;

  @Inject Service service;

  private FakeCluster cluster;
  private Api api;
  private String log;

  @BeforeEach
  void begin() {
    cluster = FakeCluster.current;
    cluster.reset();
    api = new Api(base).awaitReady();
    log = api.newLog();
  }

  @AfterEach
  void nothingIsHeld() {
    Await.until(() -> metric("dislog_http_in_flight_bytes") == 0);
  }

  @Test
  void anAppendGoesParsedAndIsAnsweredAsTheLeaderSays() throws IOException {
    double before = metric("dislog_http_forwarded_requests_total{outcome=\"answered\"}");
    try (PeerStub leader = new PeerStub("n2", request -> placed(request, false))) {
      cluster.led(leader.member());

      Answer answer = api.send("POST", log + "/records", "two", PRODUCER);

      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.header("Location")).isEqualTo(log + "/records/40");
      assertThat(answer.header("Dislog-Next-Offset")).isEqualTo("41");
      assertThat(answer.header("Dislog-End-Offset")).isEqualTo("99");
      assertThat(answer.header("Dislog-Earliest-Offset")).isEqualTo("3");
      assertThat(answer.header("Dislog-Closed")).isEqualTo("true");
      Request call = leader.requests().getFirst();
      assertThat(call.line()).endsWith("/appends HTTP/1.1").startsWith("POST /v1/cluster/shards/");
      assertThat(call.header("Dislog-Forwarded")).isEqualTo("n1");
      RemoteAppend append = appends(call).getFirst();
      assertThat(log).endsWith("/" + append.log());
      assertThat(append.append().producer()).isEqualTo(new ProducerStamp("p", 0, 7));
      assertThat(append.append().records()).containsExactly(record("two"));
      assertThat(metric("dislog_http_forwarded_requests_total{outcome=\"answered\"}"))
          .isEqualTo(before + 1);
    }
    try (PeerStub leader = new PeerStub("n2", request -> placed(request, true))) {
      cluster.led(leader.member());
      Answer again = api.send("POST", log + "/records", "two", PRODUCER);
      assertThat(again.status()).isEqualTo(200);
      assertThat(again.header("Dislog-Duplicate")).isEqualTo("true");
    }
  }

  @Test
  void whatComesWhileACallIsUnderWayGoesTogether() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    int clients = 20;
    try (PeerStub leader =
            new PeerStub(
                "n2",
                request -> {
                  await(open);
                  return placed(request, false);
                });
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      cluster.led(leader.member());
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        String body = Integer.toString(i);
        answers.add(threads.submit(() -> api.send("POST", log + "/records", body)));
      }
      Await.until(() -> metric("dislog_http_in_flight_bytes") >= clients);
      Await.until(() -> leader.requests().size() == 1);
      open.countDown();
      for (Future<Answer> answer : answers) {
        assertThat(answer.get().status()).isEqualTo(201);
      }
      assertThat(leader.requests()).hasSizeBetween(2, 3);
      assertThat(leader.requests().stream().mapToInt(call -> appends(call).size()).sum())
          .isEqualTo(clients);
    }
  }

  @Test
  void whatTheLeaderRefusesIsAskedAgainAsTheClientSentIt() throws IOException {
    try (PeerStub leader =
        new PeerStub(
            "n2",
            request ->
                isCall(request)
                    ? all(request, new Refused())
                    : PeerStub.answer(409, "X-Said: why\n", "{}"))) {
      cluster.led(leader.member());
      Answer answer = api.send("POST", log + "/records", "x", "Dislog-Expected-Offset", "5");
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.header("X-Said")).isEqualTo("why");
      assertThat(leader.requests().getLast().body()).isEqualTo("x");
      assertThat(leader.requests()).hasSize(2);
    }
  }

  @Test
  void whereItIsNotKnownWhetherItWasDoneOnlyAProducersIsSentAgain() throws IOException {
    String records = log + "/records";
    for (boolean answers : new boolean[] {false, true}) {
      try (PeerStub leader =
          new PeerStub(
              "n2",
              request ->
                  !isCall(request)
                      ? PeerStub.answer(201, "X-By: n2\n", "{}")
                      : answers ? all(request, new Unknown()) : null)) {
        cluster.led(leader.member());
        double before = metric("dislog_http_forwarded_requests_total{outcome=\"unknown\"}");
        Answer told = api.send("POST", records, "x");
        told.refusedAs(ProblemType.NO_LEADER);
        assertThat(told.header("Dislog-Not-Leader")).isEqualTo("(none)");
        assertThat(leader.requests()).hasSize(1);
        assertThat(metric("dislog_http_forwarded_requests_total{outcome=\"unknown\"}"))
            .isEqualTo(before + 1);
        assertThat(api.send("POST", records, "x", PRODUCER).header("X-By")).isEqualTo("n2");
        assertThat(leader.requests()).hasSize(3);
      }
    }
  }

  @Test
  void largeBodiesAndLogsThatAreNotKnownHereAreRelayed() throws IOException {
    try (PeerStub leader = new PeerStub("n2", request -> PeerStub.answer(201, "", "{}"))) {
      cluster.led(leader.member());
      api.send("POST", log + "/records", "x".repeat(70_000));
      api.send("POST", "/v1/logs/of-others/records", "x");
      assertThat(leader.requests())
          .extracting(Request::line)
          .containsExactly(
              "POST " + log + "/records HTTP/1.1", "POST /v1/logs/of-others/records HTTP/1.1");
    }
  }

  @Test
  void aLeaderCarriesOutWhatOthersGathered() {
    String name = log.substring(log.lastIndexOf('/') + 1);
    api.append(log, "zero");
    String id = service.commit().log(name).id();
    List<RemoteAppend> appends =
        List.of(
            new RemoteAppend(name, id, append("one", null)),
            new RemoteAppend(name, id, append("two", 7L)),
            new RemoteAppend(name, "another", append("three", null)),
            new RemoteAppend("no-such-log", id, append("four", null)));

    List<RemoteOutcome> outcomes = call(appends);

    assertThat(outcomes.get(0))
        .isInstanceOfSatisfying(
            Placed.class,
            placed -> {
              assertThat(placed.appended().baseOffset()).isEqualTo(1);
              assertThat(placed.ends()).isEqualTo(new LogEnds(0, 2, false));
            });
    assertThat(outcomes.subList(1, 4)).containsOnly(new Refused());
    assertThat(api.get(log + "/records/1").text()).isEqualTo("one");
    assertThat(api.get(log).header("Dislog-End-Offset")).isEqualTo("2");

    cluster.overtaken(cluster.members().getFirst());
    assertThat(call(appends.subList(0, 1))).containsExactly(new Refused());
    assertThat(api.get(log).header("Dislog-End-Offset")).isEqualTo("2");
  }

  @Test
  void whatIsNoCallChangesNothing() {
    String name = log.substring(log.lastIndexOf('/') + 1);
    String id = service.commit().log(name).id();
    Append empty = new Append(List.of(), null, null, 0);
    Append odd = new Append(List.of(record("one")), null, null, 1 << 30);
    ByteBuffer whole = RemoteAppend.encode(List.of(new RemoteAppend(name, id, append("x", null))));
    List<ByteBuffer> bodies =
        List.of(
            ByteBuffer.wrap("POST".getBytes(StandardCharsets.UTF_8)),
            whole.slice(0, whole.remaining() - 1),
            RemoteAppend.encode(List.of(new RemoteAppend(name, id, empty))),
            RemoteAppend.encode(List.of(new RemoteAppend(name, id, odd))));
    for (ByteBuffer body : bodies) {
      api.sendBytes("POST", "/v1/cluster/shards/0/appends", bytes(body))
          .refusedAs(ProblemType.BAD_REQUEST);
    }
    assertThat(api.get(log).header("Dislog-End-Offset")).isEqualTo("0");
  }

  private List<RemoteOutcome> call(List<RemoteAppend> appends) {
    Answer answer =
        api.sendBytes("POST", "/v1/cluster/shards/0/appends", bytes(RemoteAppend.encode(appends)));
    assertThat(answer.status()).isEqualTo(200);
    return RemoteOutcome.decode(ByteBuffer.wrap(answer.bytes()));
  }

  private static Append append(String text, @Nullable Long expected) {
    return new Append(List.of(record(text)), expected, null, text.length());
  }

  private static Record record(String text) {
    return Record.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isCall(Request request) {
    return request.line().contains("/appends ");
  }

  private static List<RemoteAppend> appends(Request call) {
    return RemoteAppend.decode(ByteBuffer.wrap(call.body().getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static String placed(Request call, boolean duplicate) {
    return all(call, new Placed(new Appended(40, 1, 5000, duplicate, 7), new LogEnds(3, 99, true)));
  }

  private static String all(Request call, RemoteOutcome outcome) {
    ByteBuffer outcomes = RemoteOutcome.encode(Collections.nCopies(appends(call).size(), outcome));
    return PeerStub.answer(200, "", new String(bytes(outcomes), StandardCharsets.ISO_8859_1));
  }

  private static byte[] bytes(ByteBuffer from) {
    byte[] bytes = new byte[from.remaining()];
    from.duplicate().get(bytes);
    return bytes;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private double metric(String name) {
    return new Api(management).metric(name);
  }
}

package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.CrowdTest.FewAtATime;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.server.WaitingReads;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More connections, and more reads that wait, than there may be: who comes late is told so. */
@QuarkusTest
@TestProfile(FewAtATime.class)
final class CrowdTest {

  private static final int CONNECTIONS = 20;
  private static final int READS = 3;

  @TestHTTPResource URI base;
  @Inject WaitingReads waiting;
  private Api api;

  @BeforeEach
  void connect() {
    api = new Api(base);
  }

  @Test
  void readsThatWaitHaveALimitAndRoomForTheNext() throws IOException {
    String records = api.newLog() + "/records";
    List<Wire> polls = new ArrayList<>();
    try {
      for (int i = 0; i < READS; i++) {
        polls.add(new Wire(base).send("GET " + records + "?wait=60s HTTP/1.1\nHost: a\n\n"));
      }
      Await.until(() -> waiting.count() == READS);
      api.get(records + "?wait=60s").refusedAs(ProblemType.TOO_BUSY);
      api.get(records, "Accept", "text/event-stream").refusedAs(ProblemType.TOO_BUSY);
      assertThat(api.get(records).status()).as("who doesn't wait").isEqualTo(200);
      polls.removeFirst().close();
      Await.until(() -> waiting.count() == READS - 1);
      polls.add(new Wire(base).send("GET " + records + "?wait=60s HTTP/1.1\nHost: a\n\n"));
      Await.until(() -> waiting.count() == READS);
    } finally {
      for (Wire poll : polls) {
        poll.close();
      }
    }
    Await.until(() -> waiting.count() == 0);
  }

  @Test
  void readersOfStreamsAreAmongThem() throws IOException {
    String stream = api.newLog().replace("/v1/logs/", "/v1/stream/");
    List<Wire> readers = new ArrayList<>();
    try {
      for (int i = 0; i < READS; i++) {
        String live = i == 0 ? "long-poll" : "sse";
        readers.add(
            new Wire(base)
                .send("GET " + stream + "?offset=now&live=" + live + " HTTP/1.1\nHost: a\n\n"));
      }
      Await.until(() -> waiting.count() == READS);
      api.get(stream + "?offset=now&live=sse").refusedAs(ProblemType.TOO_BUSY);
      api.get(stream + "?offset=now&live=long-poll").refusedAs(ProblemType.TOO_BUSY);
      assertThat(api.get(stream).status()).as("who doesn't wait").isEqualTo(200);
    } finally {
      for (Wire reader : readers) {
        reader.close();
      }
    }
    Await.until(() -> waiting.count() == 0);
  }

  @Test
  void aNewConnectionTakesThePlaceOfTheOneThatHasBeenIdleLongest() throws IOException {
    String log = api.newLog();
    String poll = "GET " + log + "/records?wait=60s HTTP/1.1\nHost: a\n\n";
    List<Wire> idle = new ArrayList<>();
    try (Wire waits = new Wire(base).send(poll)) {
      Await.until(() -> waiting.count() == 1);
      for (int i = 0; i < 2 * CONNECTIONS; i++) {
        idle.add(new Wire(base));
      }
      assertThat(idle.getFirst().readAll()).isEmpty();
      assertThat(isServed(idle.getLast(), log)).isTrue();
      assertThat(api.get(log).status()).isEqualTo(200);
      assertThat(waiting.count()).as("who waits").isEqualTo(1);
      api.append(log, "a");
      assertThat(waits.readUntil("}]")).contains(" 200 ");
    } finally {
      for (Wire connection : idle) {
        connection.close();
      }
    }
  }

  private static boolean isServed(Wire wire, String log) throws IOException {
    return wire.send("GET " + log + " HTTP/1.1\nHost: a\nConnection: close\n\n")
        .readAll()
        .contains(" 200 ");
  }

  /** The service with few connections and few reads that wait. */
  public static final class FewAtATime extends DefaultProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
      settings.put("dislog.http.max-connections", Integer.toString(CONNECTIONS));
      settings.put("dislog.http.max-waiting-reads", Integer.toString(READS));
      return settings;
    }
  }
}

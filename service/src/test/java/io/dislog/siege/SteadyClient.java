package io.dislog.siege;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A client that behaves well: ten times a second it appends a record and reads it back, on one
 * connection that it keeps. A call that comes late because the one before took so long has waited
 * since it was due.
 */
final class SteadyClient implements AutoCloseable {

  static final String LOG = "steady";

  /** Longer than this, nobody waits for an answer. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration PERIOD = Duration.ofMillis(100);

  private final Besieged service;
  private final Calls calls = new Calls();
  private final Map<Long, String> acknowledged = new ConcurrentHashMap<>();
  private final Repeat repeat;
  private @Nullable Connection connection;
  private long number;

  SteadyClient(Besieged service) {
    this.service = service;
    // One that was missed would have been sent then, and have waited until now.
    repeat = new Repeat(PERIOD, this::act, calls::answered);
  }

  Calls calls() {
    return calls;
  }

  /** What is acknowledged, by offset: a view, which grows until this is closed. */
  Map<Long, String> acknowledgements() {
    return Collections.unmodifiableMap(acknowledged);
  }

  @Override
  public void close() {
    repeat.close();
    disconnect();
  }

  private void act(long due) {
    try {
      String value = "record " + number++;
      Reply appended = call(Requests.with("POST", "/v1/logs/" + LOG + "/records", value)).is(201);
      calls.answered(due);
      long offset = Long.parseLong(appended.headers().getOrDefault("dislog-base-offset", "-1"));
      acknowledged.put(offset, value);
      long asked = System.nanoTime();
      Reply read = call(Requests.get("/v1/logs/" + LOG + "/records/" + offset)).is(200);
      calls.answered(asked);
      if (!read.body().equals(value)) {
        throw new UnwantedAnswer("offset %d has '%s'".formatted(offset, read.body()));
      }
    } catch (UnwantedAnswer refused) {
      calls.failed(refused);
    } catch (IOException e) {
      calls.failed(e);
      disconnect();
    }
  }

  private Reply call(byte[] request) throws IOException {
    Connection open = connection == null ? new Connection(service.port(), PATIENCE) : connection;
    connection = open;
    return open.call(request);
  }

  private void disconnect() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
  }
}

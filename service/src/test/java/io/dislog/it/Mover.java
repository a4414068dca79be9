package io.dislog.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.history.Operation.Look;
import io.dislog.history.Operation.Trim;
import io.dislog.history.Operation.Write;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Moves consumers, changes a log's configuration, trims, and looks at all that. For one thread. */
final class Mover implements Worker {

  /** What a log says of its segments while nobody has said anything else. */
  private static final String DEFAULT_BYTES = Integer.toString(256 << 20);

  private static final String SETTING = "segment.maxBytes";

  /** Segments stay small, so that there are many, and no two settings are the same. */
  private static final AtomicLong SIZES = new AtomicLong(40_000);

  private static final List<String> CONSUMERS = List.of("billing", "shipping");
  private static final int KEPT = 1500;

  private final Caller caller;
  private final Random random;
  private final Frontier frontier;
  private final Map<String, String> seen = new ConcurrentHashMap<>();

  Mover(Caller caller, Frontier frontier) {
    this.caller = caller;
    this.random = caller.random();
    this.frontier = frontier;
  }

  @Override
  public void act() throws InterruptedException {
    String log = frontier.any(random);
    String consumer = CONSUMERS.get(random.nextInt(CONSUMERS.size()));
    switch (random.nextInt(20)) {
      case 0 -> trim(log);
      case 1, 2, 3 -> configure(log);
      case 4, 5, 6, 7 -> describe(log);
      case 8, 9, 10, 11, 12 -> position(log, consumer);
      default -> commit(log, consumer);
    }
  }

  /** Looks at all that a mover moves, once. */
  void lookAround() throws InterruptedException {
    for (String log : frontier.logs()) {
      describe(log);
      for (String consumer : CONSUMERS) {
        position(log, consumer);
      }
    }
  }

  private void commit(String log, String consumer) throws InterruptedException {
    String register = "consumer " + consumer;
    String value = Long.toString(random.nextLong(frontier.end(log) + 1));
    String last = seen.get(log + register);
    @Nullable String onlyIf = last != null && random.nextInt(3) == 0 ? last : null;
    String path = "/v1/logs/%s/consumers/%s".formatted(log, consumer);
    String body = "{\"offset\":%s}".formatted(value);
    Heard heard =
        onlyIf == null
            ? caller.call(log, Set.of(200, 201), api -> api.put(path, body))
            : caller.call(log, Set.of(200, 412), api -> api.put(path, body, "\"" + onlyIf + "\""));
    caller.history().add(new Write(heard.call(), register, value, onlyIf, heard.outcome()));
    Answer answer = heard.answer();
    if (answer != null && heard.status() == 412) {
      JsonNode offset = answer.json().get("offset");
      saw(heard, log, register, offset == null ? null : offset.asText());
    }
  }

  private void position(String log, String consumer) throws InterruptedException {
    String path = "/v1/logs/%s/consumers/%s".formatted(log, consumer);
    Heard heard = caller.call(log, Set.of(200, 404), api -> api.get(path));
    Answer answer = heard.answer();
    if (answer != null && heard.isDone()) {
      saw(heard, log, "consumer " + consumer, answer.json().path("offset").asText());
    } else if (heard.problem().equals("unknown-consumer")) {
      saw(heard, log, "consumer " + consumer, null);
    }
    caller.read(heard, true, -1, List.of());
  }

  private void configure(String log) throws InterruptedException {
    String value = Long.toString(SIZES.incrementAndGet());
    String body = "{\"segment\":{\"maxBytes\":%s}}".formatted(value);
    Heard heard = caller.call(log, Set.of(200), api -> api.patch("/v1/logs/" + log, body));
    caller.history().add(new Write(heard.call(), SETTING, value, null, heard.outcome()));
  }

  private void describe(String log) throws InterruptedException {
    Heard heard = caller.call(log, Set.of(200), api -> api.get("/v1/logs/" + log));
    Answer answer = heard.answer();
    if (answer != null && heard.isDone()) {
      String value = answer.json().path("config").path("segment").path("maxBytes").asText();
      saw(heard, log, SETTING, value.equals(DEFAULT_BYTES) ? null : value);
    }
    caller.read(heard, true, -1, List.of());
  }

  private void trim(String log) throws InterruptedException {
    long before = frontier.end(log) - KEPT;
    if (before > 0) {
      String path = Api.records(log) + "?before=" + before;
      Heard heard = caller.call(log, Set.of(200), api -> api.delete(path));
      caller.history().add(new Trim(heard.call(), before, heard.outcome()));
    }
  }

  private void saw(Heard heard, String log, String register, @Nullable String value) {
    caller.history().add(new Look(heard.call(), register, value, heard.isFresh()));
    if (value != null) {
      seen.put(log + register, value);
    }
  }
}

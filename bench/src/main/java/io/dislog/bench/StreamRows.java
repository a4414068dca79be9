package io.dislog.bench;

import io.dislog.bench.load.Load;
import io.dislog.bench.machine.Machine;
import io.dislog.bench.table.Progress;
import io.dislog.bench.table.Row;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Durable Streams, beside the protocol's reference server, where it is installed. */
final class StreamRows {

  private static final int CLIENTS = 64;
  private static final int VALUE_BYTES = 100;
  private static final long CATCH_UP_BYTES = 100_000_000;
  private static final int READERS = 1_000;
  private static final int MOST_READERS = 10_000;
  private static final Duration WRITING = Duration.ofMinutes(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SETTLING_SECONDS = 2;

  /** Of which three quarters may wait; the limit is else one of the file descriptors. */
  private static final String CONNECTIONS = "-Ddislog.http.max-connections=15000";

  private final Stage stage;
  private final Row own = row("streams: 64 clients, each its own stream, JSON of 100 B", "/s");
  private final Row one = row("streams: 64 clients, one stream, JSON of 100 B", "/s");
  private final Row catchUp = row("streams: catch-up with 100 MB of JSON, 1 connection", "MB/s");
  private final Row polled =
      row("streams: 1,000 long-polls that wait, until all have a new value", "ms");
  private final Row pushed = row("streams: 1,000 event streams, until all have a new value", "ms");
  private final Row many = row("streams: event streams at once, of 10,000", "readers");
  private final Row memory = row("streams: resident memory for each of these", "KiB");
  private int values;

  StreamRows(Stage stage) {
    this.stage = stage;
  }

  List<Row> measure() throws IOException {
    Optional<String> absence = Reference.absence(stage.project());
    if (absence.isPresent()) {
      return List.of(row("streams: not measured, since " + absence.get(), ""));
    }
    try (Server service = stage.service("streams");
        Server reference = Reference.start(stage, "reference")) {
      measureAppends(service, reference);
      measureReads(service, reference);
      measureWaiting(service, reference);
      measureCrowds();
      return List.of(own, one, catchUp, polled, pushed, many, memory);
    } finally {
      stage.delete("streams");
      stage.delete("reference");
    }
  }

  private void measureAppends(Server service, Server reference) throws IOException {
    Workload ownOfService = StreamWorkload.own(service, "own-", CLIENTS, VALUE_BYTES);
    Workload ownOfReference = StreamWorkload.own(reference, "own-", CLIENTS, VALUE_BYTES);
    Workload oneOfService = StreamWorkload.one(service, "one", CLIENTS, VALUE_BYTES);
    Workload oneOfReference = StreamWorkload.one(reference, "one", CLIENTS, VALUE_BYTES);
    for (Workload workload : List.of(oneOfService, ownOfService, oneOfReference, ownOfReference)) {
      workload.warmUp(stage.plan(), 100_000);
    }
    for (int round = 1; round <= stage.plan().rounds(); round++) {
      Progress.say("appends to streams, round %d".formatted(round));
      own.addRates(ownOfService.run(stage.plan()), ownOfReference.run(stage.plan()));
      one.addRates(oneOfService.run(stage.plan()), oneOfReference.run(stage.plan()));
    }
  }

  private void measureReads(Server service, Server reference) throws IOException {
    StreamReader ofService = written(service);
    StreamReader ofReference = written(reference);
    for (int round = 0; round <= stage.plan().rounds(); round++) {
      Progress.say("catch-up with streams");
      double base = ofReference.bytesPerSecond() / 1e6;
      double measured = ofService.bytesPerSecond() / 1e6;
      if (round > 0) {
        catchUp.add(measured, base);
      }
    }
  }

  private static StreamReader written(Server server) throws IOException {
    long batches = CATCH_UP_BYTES / StreamWorkload.BATCH_BYTES;
    StreamWorkload.batches(server, "catch-up").run(new Load(Duration.ZERO, WRITING, batches));
    return new StreamReader(server, "catch-up");
  }

  private void measureWaiting(Server service, Server reference) throws IOException {
    for (Server server : List.of(service, reference)) {
      StreamWorkload.create(server, "waited");
      millisUntilAllHave(server, "long-poll");
      millisUntilAllHave(server, "sse");
    }
    for (int round = 1; round <= stage.plan().rounds(); round++) {
      Progress.say("readers that wait, round %d".formatted(round));
      polled.add(
          millisUntilAllHave(service, "long-poll"), millisUntilAllHave(reference, "long-poll"));
      pushed.add(millisUntilAllHave(service, "sse"), millisUntilAllHave(reference, "sse"));
    }
  }

  /** Of servers that have done nothing yet: what memory one took for other work, it has. */
  private void measureCrowds() throws IOException {
    Progress.say("readers that wait, as many as it takes");
    try (Server service = stage.service("crowd", List.of(CONNECTIONS));
        Server reference = Reference.start(stage, "reference-crowd")) {
      Crowd ofService = crowd(service);
      Crowd ofReference = crowd(reference);
      many.add(ofService.readers, ofReference.readers);
      memory.add(ofService.kibibytesEach, ofReference.kibibytesEach);
    } finally {
      stage.delete("crowd");
      stage.delete("reference-crowd");
    }
  }

  private double millisUntilAllHave(Server server, String live) throws IOException {
    try (WaitingReaders readers =
        WaitingReaders.connect(server.address(), "waited", live, READERS)) {
      settle();
      String value = "value-%d-".formatted(values++);
      long start = System.nanoTime();
      server.call("POST", StreamWorkload.path("waited"), "\"" + value + "\"");
      int have = readers.await(value, PATIENCE);
      if (have != READERS) {
        throw new IOException("only %d of %d readers have the value".formatted(have, READERS));
      }
      return (System.nanoTime() - start) / 1e6;
    }
  }

  private static Crowd crowd(Server server) throws IOException {
    StreamWorkload.create(server, "waited");
    long before = Machine.residentBytes(server.pid());
    try (WaitingReaders readers =
        WaitingReaders.connect(server.address(), "waited", "sse", MOST_READERS)) {
      int have = readers.await("upToDate", PATIENCE);
      long bytes = Machine.residentBytes(server.pid()) - before;
      return new Crowd(have, bytes / 1024.0 / have);
    }
  }

  /** So that all wait before there is something to have; those that wait by long-poll don't say. */
  private static void settle() throws IOException {
    try {
      TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static Row row(String what, String unit) {
    return new Row(what, unit, "reference server", "");
  }

  /** Readers that a server took at once, and the memory for each. */
  private record Crowd(int readers, double kibibytesEach) {}
}

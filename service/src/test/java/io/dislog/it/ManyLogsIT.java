package io.dislog.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Logs are cheap. */
final class ManyLogsIT {

  private static final int LOGS = 1000;
  private static final int CLIENTS = 16;
  private static final byte[] RECORDS = "one\ntwo\nthree\n".getBytes(UTF_8);

  /** For a busy machine; what it takes is printed. */
  private static final Duration READY = Duration.ofSeconds(10);

  /** As many starts without any log, where the machine is slower than that. */
  private static final int STARTS = 8;

  /** The process may be paused for seconds while it starts. */
  private static final int ATTEMPTS = 4;

  private static final long RESIDENT_BYTES = 1L << 30;

  @RegisterExtension final Services services = new Services();

  @Test
  void aThousandLogsAreReadySoonAfterAKill(@TempDir Path folder) throws Exception {
    DislogProcess service = services.in(folder);
    service.launch();
    Duration empty = service.awaitReady();
    List<Callable<Answer>> creations = new ArrayList<>();
    for (int log = 0; log < LOGS; log++) {
      String name = "log-%04d".formatted(log);
      creations.add(() -> {
        service.api().put("/v1/logs/" + name, "{}").is(201);
        return service.api().append(name, Api.NDJSON, RECORDS).is(201);
      });
    }
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      for (Future<Answer> done : clients.invokeAll(creations)) {
        assertThat(done.get().number("Dislog-Next-Offset")).isEqualTo(3);
      }
    }
    long before = service.residentBytes();
    Duration soon = longer(READY, empty.multipliedBy(STARTS));
    Duration ready = readyAfterKill(service);
    for (int attempt = 1; attempt < ATTEMPTS && ready.compareTo(soon) >= 0; attempt++) {
      System.out.printf("%d logs: ready only %d ms after a start%n", LOGS, ready.toMillis());
      ready = readyAfterKill(service);
    }
    long after = service.residentBytes();
    System.out.printf(
        "%d logs: ready %d ms after a kill -9 and a start (%d ms without logs),"
            + " %d MiB resident (%d MiB before)%n",
        LOGS, ready.toMillis(), empty.toMillis(), after >> 20, before >> 20);
    checkAll(service.api());
    assertThat(ready).isLessThan(soon);
    assertThat(after).isLessThan(RESIDENT_BYTES);
  }

  private static Duration readyAfterKill(DislogProcess service) throws Exception {
    service.kill();
    service.launch();
    return service.awaitReady();
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  @Test
  void fewDescriptorsServeManyLogs(@TempDir Path folder) throws Exception {
    appendReadAndRestart(folder, 600, 400);
  }

  @Tag("slow")
  @Test
  void tenThousandLogsWorkWith1024Descriptors(@TempDir Path folder) throws Exception {
    appendReadAndRestart(folder, 10_000, 1024);
  }

  private void appendReadAndRestart(Path folder, int logs, int descriptors) throws Exception {
    List<String> command =
        List.of("sh", "-c", "ulimit -n " + descriptors + " && exec \"$@\"", "sh");
    DislogProcess service = services.in(folder).within(command).start();
    forEach(logs, name -> service.api().put("/v1/logs/" + name, "{}").is(201));
    for (int turn = 0; turn < 2; turn++) {
      forEach(logs, name -> service.api().append(name, Api.NDJSON, RECORDS).is(201));
    }
    service.stop();
    service.launch();
    Duration ready = service.awaitReady();
    System.out.printf(
        "%d logs, %d descriptors: ready %d ms after a start%n",
        logs, descriptors, ready.toMillis());
    forEach(logs, name -> service.api().append(name, Api.NDJSON, RECORDS).is(201));
    forEach(
        logs,
        name -> {
          assertThat(service.api().get(Api.records(name) + "/8").is(200).text()).isEqualTo("three");
        });
    assertThat(service.openFiles()).isLessThan(descriptors);
  }

  private static void forEach(int logs, OnLog call) throws Exception {
    List<Callable<Void>> calls = new ArrayList<>();
    for (int log = 0; log < logs; log++) {
      String name = "log-%05d".formatted(log);
      calls.add(() -> {
        call.run(name);
        return null;
      });
    }
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      for (Future<Void> done : clients.invokeAll(calls)) {
        done.get();
      }
    }
  }

  private interface OnLog {
    void run(String name) throws Exception;
  }

  private static void checkAll(Api api) throws Exception {
    JsonNode logs = api.get("/v1/logs?limit=1000").is(200).json();
    assertThat(logs.get("logs")).hasSize(LOGS);
    assertThat(logs.has("next")).isFalse();
    for (JsonNode log : logs.get("logs")) {
      assertThat(log.get("records").asInt()).as(log::toString).isEqualTo(3);
    }
    assertThat(api.get(Api.records("log-0999") + "/2").is(200).text()).isEqualTo("three");
  }
}

package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A stop that is asked for: what is under way ends, nothing that was answered is missing. */
final class StopIT {

  private static final Duration STOP = Duration.ofSeconds(10);
  private static final int CLIENTS_OF_A_KIND = 3;

  /** The service may be paused for seconds while it stops. */
  private static final int ATTEMPTS = 4;

  @RegisterExtension final Services services = new Services();

  @Test
  void everyAnsweredAppendIsThereAfterAStopUnderLoad(@TempDir Path folder) throws Exception {
    untilInTime(folder, this::stopsUnderLoad);
  }

  private boolean stopsUnderLoad(Path folder) throws Exception {
    DislogProcess service = services.in(folder).start();
    // What is only in the system's cache must be forced by the stop.
    service.api().put("/v1/logs/orders", "{\"durability\":\"buffered\"}").is(201);
    Ledger ledger = new Ledger("orders");
    List<Client> clients = new ArrayList<>();
    for (Batch.Kind kind : Batch.Kind.values()) {
      for (int client = 0; client < CLIENTS_OF_A_KIND; client++) {
        clients.add(new Appender(ledger, kind, null, new Random(client)));
      }
    }
    Load load = new Load(service.api(), clients);
    Await.until("some appends are answered", () -> load.acts() > 20 * clients.size());
    long asked = System.nanoTime();
    int exit = service.stop();
    Duration took = Duration.ofNanos(System.nanoTime() - asked);
    load.end();
    assertThat(exit).isIn(0, 143);
    boolean waited = !service.output().contains("requests were still under way at the stop");
    service.start();
    Ledger.Found found = ledger.check(service.api());
    System.out.printf(
        "stopped under load in %d ms with exit code %d; %d appends were answered, %d are there%n",
        took.toMillis(), exit, ledger.appends(), found.batches());
    service.kill();
    if (waited) {
      // What was taken was also answered.
      assertThat(found.batches()).isEqualTo(ledger.appends());
    }
    return waited && took.compareTo(STOP) < 0;
  }

  @Test
  void aStopDoesNotWaitForThoseThatWaitForRecords(@TempDir Path folder) throws Exception {
    untilInTime(folder, this::stopsBesideThoseThatWait);
  }

  private boolean stopsBesideThoseThatWait(Path folder) throws Exception {
    DislogProcess service = services.in(folder).start();
    service.api().put("/v1/logs/orders", "{}").is(201);
    try (Events stream = new Events(service.api(), "orders", "offset=latest")) {
      stream.awaitBegin();
      Load poll =
          new Load(
              service.api(),
              List.of(api -> api.get(Api.records("orders") + "?offset=latest&wait=60s")));
      long asked = System.nanoTime();
      int exit = service.stop();
      Duration took = Duration.ofNanos(System.nanoTime() - asked);
      poll.end();
      assertThat(exit).isIn(0, 143);
      stream.awaitEnd();
      System.out.printf("stopped beside those that wait in %d ms%n", took.toMillis());
      return took.compareTo(STOP) < 0;
    }
  }

  /** Stops one service after the other, each in a folder of its own, until one stops in time. */
  private static void untilInTime(Path folder, Stop stop) throws Exception {
    boolean inTime = false;
    for (int attempt = 1; attempt <= ATTEMPTS && !inTime; attempt++) {
      inTime = stop.isInTime(Files.createDirectory(folder.resolve("" + attempt)));
    }
    assertThat(inTime).as("stops within " + STOP).isTrue();
  }

  /** A stop, and what must be so after it. */
  private interface Stop {
    boolean isInTime(Path folder) throws Exception;
  }
}

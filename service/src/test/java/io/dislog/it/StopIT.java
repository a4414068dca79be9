package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
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

  @RegisterExtension final Services services = new Services();

  @Test
  void everyAnsweredAppendIsThereAfterAStopUnderLoad(@TempDir Path folder) throws Exception {
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
    Await.until("some appends are answered", STOP, () -> load.acts() > 20 * clients.size());
    long asked = System.nanoTime();
    int exit = service.stop();
    Duration took = Duration.ofNanos(System.nanoTime() - asked);
    load.end();
    assertThat(exit).isIn(0, 143);
    assertThat(took).isLessThan(STOP);
    service.start();
    Ledger.Found found = ledger.check(service.api());
    System.out.printf(
        "stopped under load in %d ms with exit code %d; %d appends were answered, %d are there%n",
        took.toMillis(), exit, ledger.appends(), found.batches());
    // What was taken was also answered.
    assertThat(found.batches()).isEqualTo(ledger.appends());
  }

  @Test
  void aStopDoesNotWaitForThoseThatWaitForRecords(@TempDir Path folder) throws Exception {
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
      assertThat(took).isLessThan(STOP);
      stream.awaitEnd();
    }
  }
}

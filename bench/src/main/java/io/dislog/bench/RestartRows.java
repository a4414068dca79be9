package io.dislog.bench;

import io.dislog.bench.machine.Machine;
import io.dislog.bench.table.Progress;
import io.dislog.bench.table.Row;
import java.io.IOException;
import java.util.List;

/** How soon a service with many logs is there again after its process was killed. */
final class RestartRows {

  private static final int LOGS = 1_000;
  private static final int VALUE_BYTES = 1 << 10;

  private final Stage stage;
  private final Row ready = new Row("1,000 logs, kill -9 after appends: ready", "s", "", "≤ 2");
  private final Row memory = new Row("their resident memory when ready", "MiB", "", "");

  RestartRows(Stage stage) {
    this.stage = stage;
  }

  List<Row> measure() throws IOException {
    try {
      Server service = stage.service("restart");
      for (int round = 0; round <= stage.plan().rounds(); round++) {
        Progress.say("kill and restart, round %d".formatted(round));
        if (round > 0) {
          ready.add(service.ageNanos() / 1e9);
          memory.add(Machine.residentBytes(service.pid()) / 1048576.0);
        }
        Workload.ownLogs(service, "log-", LOGS, VALUE_BYTES).run(stage.plan());
        service.kill();
        service = stage.service("restart");
      }
      service.close();
      return List.of(ready, memory);
    } finally {
      stage.delete("restart");
    }
  }
}

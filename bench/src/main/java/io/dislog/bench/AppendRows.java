package io.dislog.bench;

import io.dislog.bench.load.Run;
import io.dislog.bench.machine.DeviceProbe;
import io.dislog.bench.machine.Machine;
import io.dislog.bench.peer.Redis;
import io.dislog.bench.peer.Running;
import io.dislog.bench.peer.Site;
import io.dislog.bench.table.Progress;
import io.dislog.bench.table.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Appends of single records: beside the device, the framework, and Redis where it is installed. */
final class AppendRows {

  private static final int CLIENTS = 64;
  private static final int SMALL = 100;
  private static final int LARGE = 1 << 10;
  private static final String DEVICE = "4 KiB write + fdatasync";

  private final Stage stage;
  private final DeviceProbe probe;
  private final Redis peer = Redis.withFsync();
  private final Row oneSmall = rate("64 clients, one log, 100 B", DEVICE, "≥ 10");
  private final Row oneLarge = rate("64 clients, one log, 1 KiB", DEVICE, "≥ 10");
  private final Row ownSmall = rate("64 clients, each its own log, 100 B", DEVICE, "≥ 5");
  private final Row ownLarge = rate("64 clients, each its own log, 1 KiB", DEVICE, "≥ 5");
  private final Row single =
      new Row("1 client's append, 1 KiB, p50", "µs", "fdatasync p50", "≤ 1.5");
  private final Row empty =
      rate("64 clients, one log, 100 B, against an empty endpoint", "POST /empty", "≥ 0.6");
  private final Row processor =
      new Row("the server's processor time for each of these", "µs", "POST /empty", "");
  private final Row redis =
      rate("64 clients, one log, 1 KiB, against Redis", "XADD, appendfsync always", "");
  private final Row overwriting =
      rate("the device over blocks written before, against new ones", DEVICE, "");

  AppendRows(Stage stage) throws IOException {
    this.stage = stage;
    this.probe = new DeviceProbe(stage.folder("probe"));
  }

  List<Row> measure() throws IOException {
    try (Server service = stage.service("appends");
        Server nothing = stage.empty()) {
      Workload small = Workload.oneLog(service, "small", CLIENTS, SMALL);
      Workload large = Workload.oneLog(service, "large", CLIENTS, LARGE);
      Workload ownOfSmall = Workload.ownLogs(service, "small-", CLIENTS, SMALL);
      Workload ownOfLarge = Workload.ownLogs(service, "large-", CLIENTS, LARGE);
      Workload alone = Workload.oneLog(service, "alone", 1, LARGE);
      Workload base = Workload.empty(nothing, CLIENTS, SMALL);
      base.warmUp(stage.plan(), 300_000);
      small.warmUp(stage.plan(), 300_000);
      ownOfSmall.warmUp(stage.plan(), 30_000);
      large.warmUp(stage.plan(), 30_000);
      for (int round = 1; round <= stage.plan().rounds(); round++) {
        Progress.say("appends, round %d".formatted(round));
        oneSmall.addRates(small.run(stage.plan()), device());
        ownSmall.addRates(ownOfSmall.run(stage.plan()), device());
        oneLarge.addRates(large.run(stage.plan()), device());
        ownLarge.addRates(ownOfLarge.run(stage.plan()), device());
        single.addMedians(alone.run(stage.plan()), device());
        overwriting.addRates(probe.written(stage.plan().probe()), device());
        Run empties = base.run(stage.plan());
        Run appends = small.run(stage.plan());
        empty.addRates(appends, empties);
        processor.add(appends.processorMicrosEach(), empties.processorMicrosEach());
        compareWithRedis(large);
      }
      Row memory = new Row("resident memory after these appends", "MiB", "empty application", "");
      memory.add(mebibytes(service), mebibytes(nothing));
      return rows(memory);
    } finally {
      stage.delete("appends");
    }
  }

  private Run device() throws IOException {
    return probe.growing(stage.plan().probe());
  }

  private void compareWithRedis(Workload workload) throws IOException {
    if (peer.isInstalled()) {
      try (Site site = Site.at(stage.folder("redis"), 1);
          Running server = peer.start(site)) {
        Run run = server.singles(CLIENTS, stage.plan().span());
        redis.addRates(workload.run(stage.plan()), run);
      }
    }
  }

  private List<Row> rows(Row memory) {
    List<Row> rows =
        new ArrayList<>(List.of(oneSmall, oneLarge, ownSmall, ownLarge, single, empty, processor));
    if (peer.isInstalled()) {
      rows.add(redis);
    }
    rows.addAll(List.of(overwriting, memory));
    return rows;
  }

  private static Row rate(String what, String baseline, String aim) {
    return new Row(what, "/s", baseline, aim);
  }

  private static double mebibytes(Server server) throws IOException {
    return Machine.residentBytes(server.pid()) / 1048576.0;
  }
}

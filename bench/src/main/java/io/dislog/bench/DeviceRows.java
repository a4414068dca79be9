package io.dislog.bench;

import io.dislog.bench.load.Run;
import io.dislog.bench.machine.DeviceProbe;
import io.dislog.bench.peer.Contender;
import io.dislog.bench.table.Comparison;
import java.io.IOException;
import java.util.Map;

/**
 * What the device allows: syncs of 4 KiB, of which a node that waits for each needs one, and for
 * batches, writes of 256 KiB, which all replicas on it share.
 */
final class DeviceRows {

  private static final int LARGE_BYTES = 256 << 10;

  /** Bytes to the device for each byte of payload: what Dislog's own files cost. */
  private static final double OVERHEAD = 1.06;

  private final Stage stage;
  private final DeviceProbe small;
  private final DeviceProbe large;
  private final int replicas;

  DeviceRows(Stage stage, int replicas) throws IOException {
    this.stage = stage;
    this.small = new DeviceProbe(stage.folder("probe"));
    this.large = new DeviceProbe(stage.folder("probe"), LARGE_BYTES);
    this.replicas = replicas;
  }

  String name(Measure measure) {
    return switch (measure) {
      case FIRST, STEADY -> "the device: 4 KiB write + fdatasync";
      case ALONE -> "the device: fdatasync of 4 KiB, p50";
      case BATCHES ->
          "the device: 256 KiB write + fdatasync, / %d / %.2f".formatted(replicas, OVERHEAD);
    };
  }

  void measure(Map<Measure, Comparison> comparisons, int round) throws IOException {
    Run syncs = small.growing(stage.plan().probe());
    for (Map.Entry<Measure, Comparison> row : comparisons.entrySet()) {
      Measure measure = row.getKey();
      Run run = measure == Measure.BATCHES ? large.growing(stage.plan().probe()) : syncs;
      double figure = measure == Measure.BATCHES ? records(run) : measure.figure(run);
      row.getValue().add(name(measure), round, figure, run);
    }
  }

  private double records(Run run) {
    return run.perSecond() * LARGE_BYTES / replicas / OVERHEAD / Contender.VALUE_BYTES;
  }
}

package io.dislog.bench;

import io.dislog.bench.table.Row;
import java.io.IOException;
import java.util.List;

/** A group of rows that are measured together, in the table's order. */
enum RowGroup {
  APPENDS(stage -> new AppendRows(stage).measure()),
  BYTES(stage -> new ByteRows(stage).measure()),
  READS(stage -> new ReadRows(stage).measure()),
  RETENTION(stage -> new RetentionRows(stage).measure()),
  RESTART(stage -> new RestartRows(stage).measure()),
  CLUSTER(stage -> new ClusterRows(stage).measure()),
  IDLE_CLUSTER(stage -> new IdleClusterRows(stage).measure()),
  STREAMS(stage -> new StreamRows(stage).measure());

  @SuppressWarnings("ImmutableEnumChecker") // A lambda without state.
  private final Measuring measuring;

  RowGroup(Measuring measuring) {
    this.measuring = measuring;
  }

  List<Row> measure(Stage stage) throws IOException {
    return measuring.measure(stage);
  }

  /** Measures rows. */
  private interface Measuring {
    List<Row> measure(Stage stage) throws IOException;
  }
}

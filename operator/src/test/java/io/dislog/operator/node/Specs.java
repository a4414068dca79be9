package io.dislog.operator.node;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterSpec;
import io.dislog.operator.crd.LogSpec;
import io.dislog.operator.crd.RetentionSpec;
import io.dislog.operator.crd.SegmentSpec;
import io.dislog.operator.crd.StorageSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What resources say, for tests. */
final class Specs {

  private Specs() {}

  static DislogClusterSpec of(
      @Nullable SegmentSpec segment, @Nullable RetentionSpec retention, LogSpec... logs) {
    return new DislogClusterSpec(
        1,
        8,
        null,
        new StorageSpec(new Quantity("1Gi"), null, null, null),
        segment,
        retention,
        List.of(logs),
        null,
        null,
        null,
        null,
        null);
  }

  /** Of a resource whose logs do not end. */
  static FiniteLogs noFiniteLogs() {
    DislogCluster cluster = Clusters.named("demo");
    cluster.setSpec(of(null, null));
    return FiniteLogs.of(cluster, null, Instant.EPOCH);
  }
}

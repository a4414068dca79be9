package io.dislog.operator.status;

import io.dislog.operator.Standing;
import io.dislog.operator.claims.ClaimGrowth;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterStatus;
import io.dislog.operator.crd.FiniteLogStatus;
import io.dislog.operator.node.SettingsOutcome;
import io.dislog.operator.observation.Observation;
import io.dislog.operator.observation.Situation;
import io.dislog.operator.plan.Plan;
import io.dislog.operator.sync.SyncResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is told of a cluster whose nodes are as they are to be, at noon. */
final class Reported {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private Reported() {}

  /** The status as it becomes, which the resource then has. */
  static DislogClusterStatus report(
      DislogCluster cluster, Standing standing, FiniteLogStatus... logs) {
    Situation at = standing.situation();
    SyncResult sync =
        new SyncResult(
            Optional.of(new SettingsOutcome(List.of(), List.of())),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            null,
            null,
            List.of(logs));
    Observation seen =
        new Observation(
            cluster,
            new TreeMap<>(),
            new TreeMap<>(),
            Map.of(),
            Map.of(),
            List.of(),
            at.membership());
    Outcome outcome = new Outcome(at, Plan.of(at), Optional.empty(), ClaimGrowth.NONE, sync);
    DislogClusterStatus status = new StatusReport(cluster, NOON).of(seen, outcome);
    cluster.setStatus(status);
    return status;
  }
}

package io.dislog.operator.status;

import static io.dislog.operator.status.Conditions.PROGRESSING;
import static io.dislog.operator.status.Conditions.READY;
import static io.dislog.operator.status.Conditions.RECONCILE_ERROR;
import static io.dislog.operator.status.Conditions.RETENTION_APPLIED;
import static io.dislog.operator.status.Conditions.STORAGE_PRESSURE;

import io.dislog.api.NodeReport;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterStatus;
import io.dislog.operator.crd.FiniteLogStatus;
import io.dislog.operator.crd.StorageStatus;
import io.dislog.operator.node.SettingsOutcome;
import io.dislog.operator.node.Volume;
import io.dislog.operator.objects.Defaults;
import io.dislog.operator.objects.Labels;
import io.dislog.operator.objects.Names;
import io.dislog.operator.observation.Observation;
import io.dislog.operator.observation.PodSeen;
import io.dislog.operator.observation.Situation;
import io.dislog.operator.sync.SyncResult;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.maven.artifact.versioning.ComparableVersion;
import org.jspecify.annotations.Nullable;

/** What a resource's status becomes. For one thread. */
public final class StatusReport {

  public static final DislogClusterStatus NOTHING =
      new DislogClusterStatus(null, null, null, null, null, null, null, null, null, null);

  /** A change by less than this part of the capacity is told along with something else. */
  private static final int NEWS_SHARE = 100;

  private final DislogCluster cluster;
  private final DislogClusterStatus before;
  private final Instant now;

  public StatusReport(DislogCluster cluster, Instant now) {
    this.cluster = cluster;
    this.before = Objects.requireNonNullElse(cluster.getStatus(), NOTHING);
    this.now = now;
  }

  /** After a reconciliation that came to its end. */
  public DislogClusterStatus of(Observation seen, Outcome outcome) {
    Situation at = outcome.at();
    DislogClusterStatus now =
        new DislogClusterStatus(
            cluster.getMetadata().getGeneration(),
            at.seen().size(),
            (int) at.seen().values().stream().filter(PodSeen::ready).count(),
            Labels.selector(cluster),
            version(seen),
            Names.endpoint(cluster),
            storage(outcome),
            outcome.sync().retention(),
            isTold(outcome) && outcome.sync().logs() != null
                ? outcome.sync().logs()
                : before.logs(),
            conditions(outcome),
            seen.clusterId(),
            orNull(outcome.sync().finiteLogs()));
    return isNews(now) ? now : before;
  }

  private static @Nullable List<FiniteLogStatus> orNull(List<FiniteLogStatus> logs) {
    return logs.isEmpty() ? null : logs;
  }

  /** On a disk that others use too, what is used changes each moment: that alone is no news. */
  private boolean isNews(DislogClusterStatus now) {
    return !isNear(before.storage(), now.storage())
        || !with(now, before.storage(), now.conditions()).equals(before);
  }

  private static boolean isNear(@Nullable StorageStatus before, @Nullable StorageStatus now) {
    return before != null
        && now != null
        && before.capacityBytes() == now.capacityBytes()
        && Math.abs(before.usedBytes() - now.usedBytes()) < before.capacityBytes() / NEWS_SHARE;
  }

  /** What changes all the time is not told each time that somebody looks while much is going on. */
  private boolean isTold(Outcome outcome) {
    return outcome.isQuiet() || before.storage() == null || before.logs() == null;
  }

  private @Nullable StorageStatus storage(Outcome outcome) {
    return isTold(outcome)
        ? outcome.sync().fullest().map(Volume::told).orElse(before.storage())
        : before.storage();
  }

  /**
   * After a reconciliation that failed; what else is known, or was seen all the same, is said on.
   */
  public DislogClusterStatus failed(Throwable failure) {
    boolean isGoing = Failures.isOfTerminatingNamespace(failure);
    String reason = isGoing ? "NamespaceTerminating" : "Failed";
    String message =
        isGoing
            ? "the namespace is being deleted: the operator makes nothing in it any more"
            : Failures.told(failure);
    return failure instanceof Unapplied unapplied
        ? failed(of(unapplied.seen(), unapplied.outcome()), replaced(unapplied, reason, message))
        : failed(before, kept().with(RECONCILE_ERROR, true, reason, message).list());
  }

  private static DislogClusterStatus failed(
      DislogClusterStatus status, List<Condition> conditions) {
    return with(status, status.storage(), conditions);
  }

  private List<Condition> replaced(Unapplied unapplied, String reason, String message) {
    Conditions conditions = start();
    seen(unapplied.outcome(), conditions);
    List<String> all = new ArrayList<>(LeavingClaims.told(unapplied.outcome().at()));
    all.add(message);
    return conditions.with(RECONCILE_ERROR, true, reason, String.join("; ", all)).list();
  }

  private Conditions kept() {
    Conditions conditions = start();
    for (String type : List.of(READY, PROGRESSING, RETENTION_APPLIED, STORAGE_PRESSURE)) {
      conditions.keep(type);
    }
    return conditions;
  }

  private static DislogClusterStatus with(
      DislogClusterStatus status,
      @Nullable StorageStatus storage,
      @Nullable List<Condition> conditions) {
    return new DislogClusterStatus(
        status.observedGeneration(),
        status.replicas(),
        status.readyReplicas(),
        status.selector(),
        status.version(),
        status.endpoint(),
        storage,
        status.retention(),
        status.logs(),
        conditions,
        status.clusterId(),
        status.finiteLogs());
  }

  private List<Condition> conditions(Outcome outcome) {
    Conditions conditions = start();
    seen(outcome, conditions);
    error(outcome, conditions);
    return conditions.list();
  }

  private static void error(Outcome outcome, Conditions conditions) {
    List<String> leaving = LeavingClaims.told(outcome.at());
    List<String> refused = outcome.growth().refused();
    if (!leaving.isEmpty()) {
      conditions.with(RECONCILE_ERROR, true, LeavingClaims.REASON, Outcome.told(leaving));
    } else if (!refused.isEmpty()) {
      conditions.with(RECONCILE_ERROR, true, "VolumesNotGrown", Outcome.told(refused));
    } else {
      conditions.with(RECONCILE_ERROR, false, "NoError", "nothing is in the way");
    }
  }

  private void seen(Outcome outcome, Conditions conditions) {
    ready(outcome.at(), conditions);
    conditions.with(PROGRESSING, outcome.isProgressing(), outcome.reason(), outcome.message());
    retention(outcome.sync(), conditions);
    pressure(outcome.sync(), conditions);
  }

  /** A node that has damaged logs serves all others, and fetches these from other nodes. */
  private void ready(Situation at, Conditions conditions) {
    int wanted = Defaults.replicas(cluster);
    long ready =
        IntStream.range(0, wanted).filter(node -> at.isReady(node) && at.isMember(node)).count();
    boolean serves = at.membership().isKnown();
    String count = "%d of %d nodes are ready".formatted(ready, wanted);
    String reasons =
        String.join("; ", at.notReadyReasons(IntStream.range(0, wanted)).limit(3).toList());
    List<String> damages = at.damages(IntStream.range(0, wanted)).limit(3).toList();
    if (serves && ready == wanted && !damages.isEmpty()) {
      ready(
          conditions,
          true,
          Conditions.DAMAGED,
          "%s; %s".formatted(count, String.join("; ", damages)));
    } else if (serves && ready == wanted) {
      ready(conditions, true, "AllNodesReady", count);
    } else if (serves) {
      ready(conditions, false, "Degraded", "%s, and a quorum serves; %s".formatted(count, reasons));
    } else {
      ready(
          conditions,
          false,
          "Unavailable",
          "%s; %s; %s".formatted(count, at.membership().unknown(), reasons));
    }
  }

  private void ready(Conditions conditions, boolean isTrue, String reason, String message) {
    conditions.with(READY, isTrue, reason, ReadableTokens.warned(cluster, message));
  }

  private static void retention(SyncResult sync, Conditions conditions) {
    if (sync.settings().isEmpty()) {
      conditions.keep(RETENTION_APPLIED);
      return;
    }
    SettingsOutcome settings = sync.settings().get();
    if (settings.isApplied()) {
      String applied = "what the resource says of retention is in force";
      conditions.with(
          RETENTION_APPLIED,
          true,
          sync.warning().isPresent() ? "VolumeFullBefore" : "Applied",
          sync.warning().map(why -> applied + "; but " + why).orElse(applied));
    } else {
      conditions.with(
          RETENTION_APPLIED,
          false,
          settings.isRefused() ? "Refused" : "NotYet",
          settings.message());
    }
  }

  private static void pressure(SyncResult sync, Conditions conditions) {
    if (sync.fullest().isEmpty()) {
      conditions.keep(STORAGE_PRESSURE);
    } else if (!sync.isUnderPressure()) {
      conditions.with(STORAGE_PRESSURE, false, "EnoughRoom", "every volume has room");
    } else if (sync.relief().isPresent()) {
      conditions.with(STORAGE_PRESSURE, true, "VolumeNearlyFull", sync.relief().get());
    } else if (conditions.was(STORAGE_PRESSURE)) {
      conditions.keep(STORAGE_PRESSURE);
    } else { // What fills it is found out with the next look.
      conditions.with(STORAGE_PRESSURE, true, "VolumeNearlyFull", sync.fullest().get().toString());
    }
  }

  /** The oldest one that runs: it becomes the new one when the last node has. */
  private @Nullable String version(Observation seen) {
    return seen.reports().values().stream()
        .map(NodeReport::version)
        .filter(Objects::nonNull)
        .min(Comparator.comparing(ComparableVersion::new))
        .orElse(before.version());
  }

  private Conditions start() {
    return new Conditions(
        Objects.requireNonNullElse(before.conditions(), List.of()),
        cluster.getMetadata().getGeneration(),
        now);
  }
}

package io.dislog.operator.node;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterStatus;
import io.dislog.operator.crd.FiniteLogStatus;
import io.dislog.operator.crd.LogSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The logs of a resource that end by themselves: which of them were created, and which have
 * expired. For one thread.
 *
 * <p>A log with an {@code expiresAt} has expired once that time has passed. One with a {@code ttl}
 * has if it was created and is gone: no node knows any more why it is. What was created is
 * therefore kept in the resource's status, for as long as the resource names it and its cluster has
 * the same data.
 */
public final class FiniteLogs {

  /** A node's clock may be so far ahead of the operator's. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

  private final Map<String, Boolean> expired = new TreeMap<>();
  private final Instant now;

  private FiniteLogs(Instant now) {
    this.now = now;
  }

  /**
   * What the status says of the logs that the resource names.
   *
   * @param clusterId of the data as they now are, or null where nobody knows
   * @param now by a clock that tells the time of day
   */
  public static FiniteLogs of(DislogCluster cluster, @Nullable String clusterId, Instant now) {
    FiniteLogs logs = new FiniteLogs(now);
    Set<String> named =
        Objects.requireNonNullElse(cluster.getSpec().logs(), List.<LogSpec>of()).stream()
            .filter(log -> LogTraits.by(log).isFinite())
            .map(LogSpec::name)
            .collect(Collectors.toSet());
    said(cluster.getStatus(), clusterId).stream()
        .filter(log -> named.contains(log.name()))
        .forEach(log -> logs.expired.put(log.name(), log.expired()));
    return logs;
  }

  /** Logs that were created in a cluster whose data are lost have to be created in the next. */
  private static List<FiniteLogStatus> said(
      @Nullable DislogClusterStatus status, @Nullable String clusterId) {
    if (status == null || status.finiteLogs() == null) {
      return List.of();
    }
    boolean isOther = status.clusterId() != null && !status.clusterId().equals(clusterId);
    return isOther ? List.of() : status.finiteLogs();
  }

  /** Whether a log that is not there has come to its end. */
  boolean isOver(LogSpec log) {
    return (log.ttl() != null && expired.containsKey(log.name())) || isPast(log, now);
  }

  /** Whether a node may say that a log has come to its end, where the operator does not yet. */
  boolean isNearlyOver(LogSpec log) {
    return isPast(log, now.plus(CLOCK_SKEW));
  }

  private static boolean isPast(LogSpec log, Instant time) {
    return LogTraits.by(log).end().map(end -> !time.isBefore(end)).orElse(false);
  }

  /** The log is there, and is what the resource says. */
  void exists(LogSpec log) {
    note(log, false);
  }

  void hasExpired(LogSpec log) {
    note(log, true);
  }

  /** The log that is there is not what the resource says: when it is gone, that one is created. */
  void isAnother(LogSpec log) {
    expired.remove(log.name());
  }

  private void note(LogSpec log, boolean hasExpired) {
    if (LogTraits.by(log).isFinite()) {
      expired.put(log.name(), hasExpired);
    }
  }

  /** Those that were created or have expired, by their names. */
  public List<FiniteLogStatus> told() {
    return expired.entrySet().stream()
        .map(log -> new FiniteLogStatus(log.getKey(), log.getValue()))
        .toList();
  }

  /** The names of those that have expired. */
  public Set<String> expired() {
    return expired.entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }
}

package io.dislog.operator.sync;

import io.dislog.operator.crd.StorageStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Estimates when each cluster's fullest volume will be full, from what this operator saw of it:
 * over a day at most, and over some minutes at least before anything is said. Used by many threads
 * at once, by one at a time for each cluster.
 */
final class Filling {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration STEP = Duration.ofMinutes(10);

  /** Beyond which nobody would believe it. */
  private static final Duration FAR = Duration.ofDays(365);

  private final Map<String, Deque<Sample>> samples = new ConcurrentHashMap<>();

  /** Notes how full the fullest volume of a cluster is. */
  void note(String uid, StorageStatus storage, Instant now) {
    Deque<Sample> known = samples.computeIfAbsent(uid, _ -> new ArrayDeque<>());
    if (known.isEmpty() || !now.isBefore(known.getLast().at().plus(STEP))) {
      known.addLast(new Sample(now, storage.usedBytes()));
    }
    while (known.getFirst().at().plus(DAY).isBefore(now)) {
      known.removeFirst();
    }
  }

  /** When a volume is full if it goes on filling as it did; empty where it does not fill. */
  Optional<Duration> full(String uid, StorageStatus storage, Instant now) {
    Deque<Sample> known = samples.get(uid);
    if (known == null || known.isEmpty()) {
      return Optional.empty();
    }
    Sample first = known.getFirst();
    long seconds = Duration.between(first.at(), now).toSeconds();
    double rate = (double) (storage.usedBytes() - first.usedBytes()) / seconds;
    if (seconds < STEP.toSeconds() || rate <= 0) {
      return Optional.empty();
    }
    double left = Math.max(0, storage.capacityBytes() - storage.usedBytes()) / rate;
    return left > FAR.toSeconds() ? Optional.empty() : Optional.of(Duration.ofSeconds((long) left));
  }

  /** Forgets all clusters but those that are there. */
  void keep(Collection<String> uids) {
    samples.keySet().retainAll(uids);
  }

  private record Sample(Instant at, long usedBytes) {}
}

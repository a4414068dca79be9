package io.dislog.operator.observation;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers since when each pod has been unwell, as far as this operator has seen: a pod that was
 * well at one look, or has just begun, is not given up. After a restart it waits again. Used by
 * many threads at once, by one at a time for each cluster.
 */
public final class Unwell {

  static final Duration WHILE = Duration.ofSeconds(15);

  /** By the clusters' uids, then by the pods'. */
  private final Map<String, Map<String, Instant>> since = new ConcurrentHashMap<>();

  /** Has a situation say which nodes have not been well for a while. */
  public Situation mark(String cluster, Situation at, Instant now) {
    Map<String, Instant> before = since.getOrDefault(cluster, Map.of());
    Map<String, Instant> after = new HashMap<>();
    Set<Integer> ailing = new TreeSet<>();
    at.seen()
        .forEach((node, pod) -> {
          if (!at.isReady(node)) {
            Instant begun = before.getOrDefault(pod.uid(), now);
            after.put(pod.uid(), begun);
            if (!begun.plus(WHILE).isAfter(now)) {
              ailing.add(node);
            }
          }
        });
    since.put(cluster, after);
    return at.withAiling(ailing);
  }

  /** Forgets all clusters but those that are there. */
  public void keep(Collection<String> uids) {
    since.keySet().retainAll(Set.copyOf(uids));
  }
}

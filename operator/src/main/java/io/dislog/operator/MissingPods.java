package io.dislog.operator;

import io.dislog.operator.observation.Situation;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Has Kubernetes try again at once to make pods that it could not make, for want of a quota for
 * one. The StatefulSet's controller waits twice as long after each failure, up to a quarter of an
 * hour, but looks at once at a StatefulSet that changed in any way. Used by many threads at once,
 * by one at a time for each cluster.
 */
final class MissingPods {

  static final Duration PAUSE = Duration.ofSeconds(20);

  private static final String ANNOTATION = "dislog.io/asked-again";

  /** Since when pods of a cluster are missing, or when that was last told, by uids. */
  private final Map<String, Instant> since = new ConcurrentHashMap<>();

  void bring(
      String cluster,
      Situation at,
      @Nullable StatefulSet nodes,
      KubernetesClient client,
      Instant now) {
    if (nodes == null || at.nodes().allMatch(node -> at.pod(node) != null)) {
      since.remove(cluster);
      return;
    }
    Instant last = since.putIfAbsent(cluster, now);
    if (last != null && !last.plus(PAUSE).isAfter(now)) {
      since.put(cluster, now);
      client
          .apps()
          .statefulSets()
          .inNamespace(nodes.getMetadata().getNamespace())
          .withName(nodes.getMetadata().getName())
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}"
                  .formatted(ANNOTATION, Instant.now()));
    }
  }

  /** Forgets all clusters but those that are there. */
  void keep(Collection<String> uids) {
    since.keySet().retainAll(Set.copyOf(uids));
  }
}

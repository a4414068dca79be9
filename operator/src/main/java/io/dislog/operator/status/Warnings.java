package io.dislog.operator.status;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.objects.Names;
import io.dislog.operator.observation.PodSeen;
import io.dislog.operator.observation.Situation;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Kubernetes last warned of, of pods that have no process that could say it itself: of the
 * pod, of its claim, or of the StatefulSet that can't make it. Asked only of pods that are not
 * well, and not each time. Used by many threads at once, by one at a time for each cluster.
 */
public final class Warnings {

  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** More of them are not told of anyway. */
  private static final int NODES = 3;

  private static final int CHARACTERS = 400;

  /** By the clusters' uids, then by the pods'. */
  private final Map<String, Map<String, Asked>> last = new ConcurrentHashMap<>();

  /** Has a situation say what Kubernetes warns of. */
  public Situation tell(Situation at, DislogCluster cluster, KubernetesClient client, Instant now) {
    String uid = cluster.getMetadata().getUid();
    Map<String, Asked> before = last.getOrDefault(uid, Map.of());
    Map<String, Asked> after = new HashMap<>();
    Map<Integer, String> warnings = new HashMap<>();
    at.nodes()
        .filter(node -> isAskedOf(at, node))
        .limit(NODES)
        .forEach(node -> {
          PodSeen pod = at.pod(node);
          String key = pod == null ? at.id(node) : pod.uid();
          Asked asked = before.get(key);
          if (asked == null || !asked.at().plus(PAUSE).isAfter(now)) {
            asked = new Asked(now, newest(cluster, node, pod, client));
          }
          after.put(key, asked);
          asked.warning().ifPresent(warning -> warnings.put(node, warning));
        });
    last.put(uid, after);
    return at.withWarnings(warnings);
  }

  /** Forgets all clusters but those that are there. */
  public void keep(Collection<String> uids) {
    last.keySet().retainAll(Set.copyOf(uids));
  }

  private static boolean isAskedOf(Situation at, int node) {
    PodSeen pod = at.pod(node);
    return at.report(node) == null && (pod == null || (!pod.ready() && !pod.ending()));
  }

  private static Optional<String> newest(
      DislogCluster cluster, int node, @Nullable PodSeen pod, KubernetesClient client) {
    String name = Names.node(cluster, node);
    try {
      Stream<Event> ofPod =
          pod == null
              ? events(cluster, "StatefulSet", Names.of(cluster), client)
                  .filter(event -> told(event).contains(" " + name + " "))
              : events(cluster, "Pod", name, client)
                  .filter(event -> pod.uid().equals(event.getInvolvedObject().getUid()));
      return Stream.concat(
              ofPod, events(cluster, "PersistentVolumeClaim", Names.claim(cluster, node), client))
          .max(
              Comparator.comparingInt((Event event) -> weight(event, pod))
                  .thenComparing(Warnings::at))
          .map(Warnings::told);
    } catch (KubernetesClientException e) {
      return Optional.empty(); // What is wrong with the pod is told without it.
    }
  }

  private static Stream<Event> events(
      DislogCluster cluster, String kind, String name, KubernetesClient client) {
    return client
        .v1()
        .events()
        .inNamespace(cluster.getMetadata().getNamespace())
        .withField("involvedObject.kind", kind)
        .withField("involvedObject.name", name)
        .withField("type", "Warning")
        .list()
        .getItems()
        .stream();
  }

  /**
   * How much an event says of why a pod is not well now: more if it names a cause than if something
   * is only tried again because of one; least if it is of the time before a machine was found.
   */
  static int weight(Event event, @Nullable PodSeen pod) {
    if (pod != null && pod.scheduled() && "FailedScheduling".equals(event.getReason())) {
      return 0;
    }
    return "BackOff".equals(event.getReason())
            || Objects.requireNonNullElse(event.getMessage(), "").startsWith("Error: ")
        ? 1
        : 2;
  }

  private static Instant at(Event event) {
    return Stream.of(
            event.getLastTimestamp(),
            event.getEventTime() == null ? null : event.getEventTime().getTime(),
            event.getMetadata().getCreationTimestamp())
        .filter(Objects::nonNull)
        .findFirst()
        .map(Instant::parse)
        .orElse(Instant.EPOCH);
  }

  private static String told(Event event) {
    String message = Objects.requireNonNullElse(event.getMessage(), "").strip();
    String told = "%s: %s".formatted(event.getReason(), message).replaceAll("\\s+", " ");
    return told.length() <= CHARACTERS ? told : told.substring(0, CHARACTERS) + "…";
  }

  private record Asked(Instant at, Optional<String> warning) {}
}

package io.dislog.operator.objects;

import io.dislog.operator.crd.DislogCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Has Prometheus' operator collect the nodes' metrics, where the cluster wants that and the kind
 * exists. Used by many threads at once.
 *
 * <p>No dependent as the other objects are: the framework (5.3.2) fails to watch a kind that may be
 * missing. So it is looked at when the resource changes, and each few minutes: an idle cluster
 * costs the API server less than a request a minute.
 */
public final class NodesPodMonitor {

  private static final String API = "monitoring.coreos.com/v1";
  private static final String KIND = "PodMonitor";
  private static final String SPEC = "spec";
  private static final long LOOK_NANOS = Duration.ofMinutes(1).toNanos();
  static final Duration PAUSE = Duration.ofMinutes(3);

  private final String fieldManager;
  private final AtomicReference<@Nullable Look> last = new AtomicReference<>();

  /** When each cluster's was last as it should be, by uids. */
  private final Map<String, Brought> brought = new ConcurrentHashMap<>();

  /**
   * @param fieldManager as whom it is applied
   */
  public NodesPodMonitor(String fieldManager) {
    this.fieldManager = fieldManager;
  }

  /** Makes, mends or deletes it, where that is due. */
  public void bring(DislogCluster cluster, KubernetesClient client, Instant now) {
    String uid = cluster.getMetadata().getUid();
    Long generation = cluster.getMetadata().getGeneration();
    Brought before = brought.get(uid);
    boolean isDue =
        before == null
            || !Objects.equals(before.generation(), generation)
            || !before.at().plus(PAUSE).isAfter(now);
    if (isDue && exists(client)) {
      bring(cluster, client);
      brought.put(uid, new Brought(generation, now));
    }
  }

  /** Forgets all clusters but those that are there. */
  public void keep(Collection<String> uids) {
    brought.keySet().retainAll(Set.copyOf(uids));
  }

  private void bring(DislogCluster cluster, KubernetesClient client) {
    GenericKubernetesResource desired = desired(cluster);
    Resource<GenericKubernetesResource> resource = client.resource(desired);
    GenericKubernetesResource there = resource.get();
    boolean isOurs = there != null && OwnedObject.isOwnedBy(cluster, there);
    if (there != null && !isOurs) {
      if (Defaults.hasPodMonitor(cluster)) {
        throw new NameTakenException(desired, null);
      }
    } else if (Defaults.hasPodMonitor(cluster)) {
      if (there == null || !isAs(desired, there)) {
        resource.fieldManager(fieldManager).forceConflicts().serverSideApply();
      }
    } else if (there != null) {
      resource.delete();
    }
  }

  /** By discovery, which everybody may ask; to read definitions takes rights over everything. */
  private boolean exists(KubernetesClient client) {
    Look look = last.get();
    if (look == null || System.nanoTime() - look.nanos() > LOOK_NANOS) {
      look = new Look(System.nanoTime(), client.supports(API, KIND));
      last.set(look);
    }
    return look.exists();
  }

  private static boolean isAs(GenericKubernetesResource desired, GenericKubernetesResource there) {
    return Objects.equals(
            desired.getAdditionalProperties().get(SPEC), there.getAdditionalProperties().get(SPEC))
        && there
            .getMetadata()
            .getLabels()
            .entrySet()
            .containsAll(desired.getMetadata().getLabels().entrySet());
  }

  static GenericKubernetesResource desired(DislogCluster cluster) {
    GenericKubernetesResource monitor =
        new GenericKubernetesResourceBuilder()
            .withApiVersion(API)
            .withKind(KIND)
            .withMetadata(OwnedObject.metadata(cluster, Names.of(cluster)))
            .addToAdditionalProperties(
                SPEC,
                Map.of(
                    "selector",
                    Map.of("matchLabels", Labels.selecting(cluster)),
                    // Every metric says of which cluster it is: alerts and dashboards go by that.
                    "podTargetLabels",
                    List.copyOf(Labels.selecting(cluster).keySet()),
                    "podMetricsEndpoints",
                    List.of(Map.of("port", Ports.MANAGEMENT_NAME, "path", "/q/metrics"))))
            .build();
    monitor.addOwnerReference(cluster);
    return monitor;
  }

  private record Look(long nanos, boolean exists) {}

  private record Brought(@Nullable Long generation, Instant at) {}
}

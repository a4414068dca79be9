package io.dislog.operator;

import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.node.NodeClient;
import io.dislog.operator.node.NodeException;
import io.dislog.operator.node.Nodes;
import io.dislog.operator.objects.Names;
import io.dislog.operator.observation.Observation;
import io.dislog.operator.plan.Step;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.Eviction;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Does what a {@link io.dislog.operator.plan.Plan} says. What does not come about is said, not
 * thrown: the next plan finds out where things stand. Used by many threads at once.
 */
final class Steps {

  /** A node that is added may take hours to catch up; who asks again later finds out. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** A removal takes a moment in each shard, and its answer alone lets the pod go. */
  private static final Duration REMOVAL = Duration.ofSeconds(10);

  /**
   * How long the asked node goes on without anybody who waits for it. Who asks meanwhile has it try
   * twice at once, and the two are in each other's way.
   */
  private static final Duration UNDER_WAY = Duration.ofMinutes(1);

  private static final int TOO_MANY_REQUESTS = 429;
  private static final String NOBODY = "no node is ready that belongs to all shards";

  private final Nodes nodes;
  private final InstantSource clock;

  /**
   * Additions that were not answered, and when they were asked for; what is lost is asked again.
   */
  private final Map<String, Instant> asked = new ConcurrentHashMap<>();

  /** Nodes of which the cluster said that it does without them; what is lost is asked again. */
  private final Set<String> out = ConcurrentHashMap.newKeySet();

  Steps(Nodes nodes, InstantSource clock) {
    this.nodes = nodes;
    this.clock = clock;
  }

  /**
   * Does a step.
   *
   * @return why it is not done, for people
   */
  Optional<String> take(Step step, Observation seen, KubernetesClient client) {
    return switch (step) {
      case Step.Add add -> add(add, seen);
      case Step.Remove remove -> remove(remove, seen);
      case Step.Replace replace -> evict(replace, seen, client);
    };
  }

  private Optional<String> add(Step.Add add, Observation seen) {
    DislogCluster cluster = seen.cluster();
    String key = key(cluster, add.node());
    out.remove(key);
    if (isUnderWay(key)) {
      return Optional.of("it was requested and is still under way");
    }
    Optional<NodeClient> contact = contact(add, seen);
    if (contact.isEmpty()) {
      return Optional.of(NOBODY);
    }
    try {
      var _ =
          contact
              .get()
              .add(
                  Names.node(cluster, add.node()),
                  Names.address(cluster, add.node()),
                  add.empty(),
                  PATIENCE);
      return Optional.empty();
    } catch (NodeException.NoAnswer e) {
      asked.put(key, clock.instant());
      return Optional.of(e.why());
    } catch (NodeException e) {
      return Optional.of(e.why());
    }
  }

  private Optional<String> remove(Step.Remove remove, Observation seen) {
    DislogCluster cluster = seen.cluster();
    String key = key(cluster, remove.node());
    out.remove(key);
    if (isUnderWay(key)) {
      // It would be a member after it was taken out, and its pod be gone.
      return Optional.of("its addition was asked for, and may still come about");
    }
    Optional<NodeClient> contact = contact(remove, seen);
    if (contact.isEmpty()) {
      return Optional.of(NOBODY);
    }
    try {
      contact.get().remove(Names.node(cluster, remove.node()), REMOVAL);
      out.add(key);
      return Optional.empty();
    } catch (NodeException e) {
      return Optional.of(e.why());
    }
  }

  /** Whether the cluster has said, since this was last tried, that it does without a node. */
  boolean isOut(DislogCluster cluster, int node) {
    return out.contains(key(cluster, node));
  }

  /** Forgets all clusters but those that are there. */
  void keep(Collection<String> uids) {
    asked.keySet().removeIf(key -> !uids.contains(uidOf(key)));
    out.removeIf(key -> !uids.contains(uidOf(key)));
  }

  /** Whether an addition was asked for that may come about yet, without anybody who waits. */
  private boolean isUnderWay(String key) {
    Instant last = asked.get(key);
    if (last != null && clock.instant().isBefore(last.plus(UNDER_WAY))) {
      return true;
    }
    asked.remove(key);
    return false;
  }

  private static String key(DislogCluster cluster, int node) {
    return cluster.getMetadata().getUid() + "/" + node;
  }

  private static String uidOf(String key) {
    return key.substring(0, key.lastIndexOf('/'));
  }

  /** A member that is asked about another one. */
  private Optional<NodeClient> contact(Step step, Observation seen) {
    return seen.readyNodes().stream()
        .filter(node -> node != step.node())
        .filter(node -> seen.membership().has(Names.node(seen.cluster(), node)))
        .findFirst()
        .map(node -> nodes.of(seen.cluster(), node));
  }

  /** By an eviction, so that budgets are kept to: the cluster's own, and anybody else's. */
  private static Optional<String> evict(
      Step.Replace replace, Observation seen, KubernetesClient client) {
    DislogCluster cluster = seen.cluster();
    Eviction eviction =
        new EvictionBuilder()
            .withNewMetadata()
            .withName(Names.node(cluster, replace.node()))
            .withNamespace(cluster.getMetadata().getNamespace())
            .endMetadata()
            // Not the one that has taken its place meanwhile.
            .withDeleteOptions(
                new DeleteOptionsBuilder().withNewPreconditions(null, replace.uid()).build())
            .build();
    try {
      boolean evicted =
          client
              .pods()
              .inNamespace(cluster.getMetadata().getNamespace())
              .withName(Names.node(cluster, replace.node()))
              .evict(eviction);
      return evicted ? Optional.empty() : Optional.of("a disruption budget forbids it for now");
    } catch (KubernetesClientException e) {
      if (e.getCode() == HTTP_NOT_FOUND) {
        return Optional.empty();
      }
      if (e.getCode() == TOO_MANY_REQUESTS) {
        return Optional.of("a disruption budget forbids it for now");
      }
      throw e;
    }
  }
}

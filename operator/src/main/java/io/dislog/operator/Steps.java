package io.dislog.operator;

import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.node.NodeException;
import io.dislog.operator.node.Nodes;
import io.dislog.operator.objects.Names;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.Eviction;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Does what a {@link Plan} says. What does not come about is said, not thrown: the next plan finds
 * out where things stand. Used by many threads at once.
 */
final class Steps {

  /** A node that is added may take hours to catch up; who asks again later finds out. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /**
   * How long the asked node goes on without anybody who waits for it. Who asks meanwhile has it try
   * twice at once, and the two are in each other's way.
   */
  private static final Duration UNDER_WAY = Duration.ofMinutes(1);

  private static final int TOO_MANY_REQUESTS = 429;

  private final Nodes nodes;
  private final InstantSource clock;

  /**
   * Additions that were not answered, and when they were asked for; what is lost is asked again.
   */
  private final Map<String, Instant> asked = new ConcurrentHashMap<>();

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
    String key = cluster.getMetadata().getUid() + "/" + add.node();
    Instant last = asked.get(key);
    if (last != null && clock.instant().isBefore(last.plus(UNDER_WAY))) {
      return Optional.of("it was asked for, and takes its time");
    }
    asked.remove(key);
    try {
      var _ =
          nodes
              .of(cluster, speaker(add, seen))
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
    try {
      nodes.of(cluster, speaker(remove, seen)).remove(Names.node(cluster, remove.node()), PATIENCE);
      return Optional.empty();
    } catch (NodeException e) {
      return Optional.of(e.why());
    }
  }

  /** A member that is asked about another one. */
  private static int speaker(Step step, Observation seen) {
    return seen.readyNodes().stream()
        .filter(node -> node != step.node())
        .filter(node -> seen.membership().has(Names.node(seen.cluster(), node)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a plan without a member: " + step));
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

package io.dislog.operator;

import io.dislog.api.ClusterView;
import io.dislog.api.NodeReport;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.observation.Membership;
import io.dislog.operator.observation.Observation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Who belongs to which shard of a played cluster, and what went wrong with that. As in the service,
 * a leader lists a node no more from when it proposes to do without it, and the node is needed
 * until that is agreed on, which takes until it was asked for three times. Thread-safe.
 */
public final class FakeMembers {

  static final int SHARDS = 8;

  private static final int ASKS = 3;

  /** One of three nodes leads nothing. */
  private static final int LEADERS = 2;

  private static final long COMMITTED = 5_000;

  private final List<SortedSet<Integer>> listed = new ArrayList<>();
  private final Map<Integer, Integer> leaving = new HashMap<>();
  private final Set<Integer> running = new TreeSet<>();
  private final Set<Integer> formed = new TreeSet<>();
  private final Set<Integer> dismissed = new TreeSet<>();
  private final List<String> wrongs = new ArrayList<>();
  private long term = 1;

  FakeMembers() {
    IntStream.range(0, SHARDS).forEach(shard -> listed.add(new TreeSet<>()));
  }

  /**
   * A node's process begins; the first so many nodes make the cluster, once all of them are there.
   */
  public synchronized void start(int node, int first) {
    running.add(node);
    term++;
    Set<Integer> all = new TreeSet<>(IntStream.range(0, first).boxed().toList());
    if (formed.isEmpty() && running.containsAll(all)) {
      listed.forEach(shard -> shard.addAll(all));
      formed.addAll(all);
    }
  }

  /** A node's process ends. */
  synchronized void stop(int node) {
    boolean wasServed = running.size() > 1 && !isLeaderless();
    running.remove(node);
    term++;
    if (wasServed && isLeaderless()) {
      wrongs.add("node %d went, and a shard has no quorum".formatted(node));
    }
  }

  /**
   * A node's pod goes, and none takes its place.
   *
   * @param withClaim whether what it has stored goes with it
   */
  synchronized void dismiss(int node, boolean withClaim) {
    if (isNeeded(node)) {
      wrongs.add("node %d went%s".formatted(node, withClaim ? ", and all that it has" : ""));
    }
    if (withClaim) {
      formed.remove(node);
      dismissed.add(node);
    }
  }

  /** Nodes whose claims went. */
  synchronized Set<Integer> dismissed() {
    return Set.copyOf(dismissed);
  }

  synchronized boolean isRunning(int node) {
    return running.contains(node);
  }

  synchronized boolean isFormed(int node) {
    return formed.contains(node);
  }

  /** A node's volume is lost. */
  synchronized void forget(int node) {
    formed.remove(node);
  }

  synchronized boolean isReady(int node) {
    return running.contains(node)
        && formed.contains(node)
        && IntStream.range(0, SHARDS)
            .allMatch(shard -> listed.get(shard).contains(node) && leader(shard) != null);
  }

  /** Adds a node to all shards, and says why it can't. */
  synchronized @Nullable String add(int node) {
    if (!running.contains(node) || isLeaderless()) {
      return "shard 0 is not changed yet, ask again";
    }
    listed.forEach(shard -> shard.add(node));
    leaving.remove(node);
    formed.add(node);
    term++;
    return null;
  }

  /** Takes a node out of all shards, and says why it is not out yet. */
  public synchronized @Nullable String remove(int node) {
    if (!isNeeded(node)) {
      return null;
    }
    if (isLeaderless()) {
      return "shard 0 has no leader";
    }
    if (leaving.keySet().stream().anyMatch(other -> other != node)) {
      wrongs.add("node %d is to go before another one has".formatted(node));
    }
    int asks = leaving.merge(node, 1, Integer::sum);
    int changed = SHARDS * asks / (ASKS - 1);
    listed.stream().limit(changed).forEach(shard -> shard.remove(node));
    if (asks < ASKS) {
      return "shard %d is not changed yet, ask again".formatted(Math.min(changed, SHARDS - 1));
    }
    leaving.remove(node);
    return null;
  }

  /** The cluster as a node sees it. */
  synchronized ClusterView view(int node) {
    return new ClusterView(
        FakeController.podName(node),
        List.of(),
        isFormed(node) ? IntStream.range(0, SHARDS).mapToObj(this::shard).toList() : List.of());
  }

  /** A cluster without pods and claims, of which these nodes say what they see. */
  public Observation seenBy(int[] nodes, DislogCluster cluster, Map<Integer, NodeReport> reports) {
    return seen(cluster, reports, IntStream.of(nodes).mapToObj(this::view).toList(), SHARDS);
  }

  /** The same of nodes that say what they are told to. */
  public static Observation seen(
      DislogCluster cluster,
      Map<Integer, NodeReport> reports,
      List<ClusterView> views,
      int shards) {
    return new Observation(
        cluster,
        new TreeMap<>(),
        new TreeMap<>(),
        reports,
        Map.of(),
        views,
        Membership.of(shards, views));
  }

  private ClusterView.Shard shard(int shard) {
    Integer leader = leader(shard);
    return new ClusterView.Shard(
        shard,
        leader == null ? null : FakeController.podName(leader),
        term,
        listed.get(shard).stream().map(FakeController::podName).toList(),
        COMMITTED,
        COMMITTED);
  }

  /** What the operator should never have let happen. */
  synchronized List<String> wrongs() {
    return List.copyOf(wrongs);
  }

  private boolean isLeaderless() {
    return IntStream.range(0, SHARDS).anyMatch(shard -> leader(shard) == null);
  }

  private @Nullable Integer leader(int shard) {
    List<Integer> able = listed.get(shard).stream().filter(this::takesPart).toList();
    return able.isEmpty() || !isServed(shard)
        ? null
        : able.get(shard % Math.min(LEADERS, able.size()));
  }

  /** Whether those who are there are a quorum of both, those who stay and those who were. */
  private boolean isServed(int shard) {
    Set<Integer> before = new TreeSet<>(listed.get(shard));
    before.addAll(leaving.keySet());
    return isMajorityThere(listed.get(shard)) && isMajorityThere(before);
  }

  private boolean isMajorityThere(Set<Integer> of) {
    return of.stream().filter(this::takesPart).count() > of.size() / 2;
  }

  /** One that lost its volume does not, before it was added anew. */
  private boolean takesPart(int node) {
    return running.contains(node) && formed.contains(node);
  }

  private boolean isNeeded(int node) {
    return leaving.containsKey(node) || listed.stream().anyMatch(shard -> shard.contains(node));
  }
}

package io.dislog.operator.observation;

import io.dislog.api.ClusterView;
import io.dislog.operator.objects.Quorum;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Who belongs to a cluster, put together from what its nodes see. Immutable.
 *
 * <p>A node that was cut off still sees what was so before. What is believed of a shard is
 * therefore what its leader says itself; and nothing is believed before a quorum of each shard's
 * members was heard, for then nobody can lead it at a later term than the latest one that was heard
 * of. Nor is anything believed before all shards were heard of: whoever is a member of one alone
 * counts.
 *
 * @param count of the cluster's shards
 * @param shards by their numbers, as who knows most of each sees it
 * @param heard nodes whose view this is
 */
public record Membership(int count, Map<Integer, Shard> shards, Set<String> heard) {

  /** A node that has caught up lacks no more than what was committed while it was asked. */
  private static final long LAG = 1_000;

  /**
   * What is known of one shard.
   *
   * @param by who says so
   * @param applied up to where each node that was heard shows it
   */
  record Shard(
      int id,
      String by,
      @Nullable String leader,
      Set<String> replicas,
      long committed,
      Map<String, Long> applied) {

    boolean isLeadersWord() {
      return by.equals(leader);
    }

    /** Whether a quorum of its members was heard. */
    boolean isQuorumsWord() {
      return heard() >= Quorum.of(replicas.size());
    }

    /** Whether a quorum was heard that would be none without a node; a pair has none to spare. */
    public boolean needs(String node) {
      return replicas.size() > 2
          && replicas.contains(node)
          && applied.containsKey(node)
          && heard() == Quorum.of(replicas.size());
    }

    private long heard() {
      return replicas.stream().filter(applied::containsKey).count();
    }
  }

  /**
   * What the nodes together know of the cluster's members.
   *
   * @param count of the cluster's shards
   * @param views of those nodes that have agreed on anything with others
   */
  public static Membership of(int count, Collection<ClusterView> views) {
    Map<Integer, List<Sight>> sights = new TreeMap<>();
    Set<String> heard = new TreeSet<>();
    for (ClusterView view : views) {
      heard.add(view.node());
      for (ClusterView.Shard shard : view.shards()) {
        sights
            .computeIfAbsent(shard.id(), id -> new ArrayList<>())
            .add(new Sight(view.node(), shard));
      }
    }
    Map<Integer, Shard> shards = new TreeMap<>();
    sights.forEach((id, of) -> shards.put(id, shard(of)));
    return new Membership(count, shards, heard);
  }

  private static Shard shard(List<Sight> sights) {
    Sight best =
        sights.stream()
            .max(
                Comparator.comparingLong((Sight sight) -> sight.shard().term())
                    .thenComparing(Sight::isLeaders)
                    .thenComparingLong(sight -> sight.shard().committed()))
            .orElseThrow();
    Map<String, Long> applied = new TreeMap<>();
    sights.forEach(sight -> applied.put(sight.node(), sight.shard().applied()));
    return new Shard(
        best.shard().id(),
        best.node(),
        best.shard().leader(),
        Set.copyOf(best.shard().replicas()),
        best.shard().committed(),
        applied);
  }

  /** Whether this can be relied on: of every shard, a quorum was heard, and the leader. */
  public boolean isKnown() {
    return isQuorumHeard() && shards.values().stream().allMatch(Shard::isLeadersWord);
  }

  /** Whether of every shard a quorum was heard, whoever leads it. */
  public boolean isQuorumHeard() {
    return isWhole() && shards.values().stream().allMatch(Shard::isQuorumsWord);
  }

  private boolean isWhole() {
    return IntStream.range(0, count).allMatch(shards::containsKey);
  }

  /** Why it can't be relied on, for people. */
  public String unknown() {
    if (heard.isEmpty()) {
      return "no node that belongs to the cluster answers";
    }
    if (!isWhole()) {
      return "no node reports on the shards "
          + IntStream.range(0, count).filter(id -> !shards.containsKey(id)).boxed().toList();
    }
    if (!shards.values().stream().allMatch(Shard::isQuorumsWord)) {
      return "only %d of %d members answer, which is not a quorum"
          .formatted(counted().stream().filter(heard::contains).count(), counted().size());
    }
    return "no leader answers for the shards "
        + shards.values().stream().filter(shard -> !shard.isLeadersWord()).map(Shard::id).toList();
  }

  /** Nodes that belong to any shard, so that they count when it decides. */
  SortedSet<String> counted() {
    SortedSet<String> counted = new TreeSet<>();
    shards.values().forEach(shard -> counted.addAll(shard.replicas()));
    return counted;
  }

  /** Whether a node belongs to all shards, so that nothing of its addition is left to do. */
  public boolean has(String node) {
    return isWhole() && shards.values().stream().allMatch(shard -> shard.replicas().contains(node));
  }

  /** Whether a node shows what the others had committed. */
  public boolean isCaughtUp(String node) {
    return shards.values().stream()
        .allMatch(shard -> shard.applied().getOrDefault(node, -1L) >= shard.committed() - LAG);
  }

  /** Whether some shard would lose its quorum with a node. */
  public boolean needs(String node) {
    return shards.values().stream().anyMatch(shard -> shard.needs(node));
  }

  /** How many shards a node leads. */
  public long ledBy(String node) {
    return shards.values().stream().filter(shard -> node.equals(shard.leader())).count();
  }

  /** What one node sees of a shard. */
  private record Sight(String node, ClusterView.Shard shard) {
    boolean isLeaders() {
      return node.equals(shard.leader());
    }
  }
}

package io.dislog.operator;

import io.dislog.api.ClusterView;
import io.dislog.api.NodeReport;
import io.dislog.operator.observation.Loss;
import io.dislog.operator.observation.Membership;
import io.dislog.operator.observation.PodSeen;
import io.dislog.operator.observation.Situation;
import io.dislog.operator.observation.Unreachable;
import io.dislog.operator.plan.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A cluster to plan for, that stands as a test says: at first some nodes that are all well, with
 * two shards led by the first two of them. For one thread.
 */
public final class Standing {

  private static final int SHARDS = 2;
  private static final long COMMITTED = 5_000;

  private final int wanted;
  private int pods;
  private boolean rolloutKnown = true;
  private final SortedMap<Integer, PodSeen> seen = new TreeMap<>();
  private final SortedMap<Integer, NodeReport> reports = new TreeMap<>();
  private final SortedMap<Integer, Unreachable> unreachable = new TreeMap<>();
  private final SortedSet<Integer> members = new TreeSet<>();
  private final SortedSet<Integer> partial = new TreeSet<>();
  private final SortedSet<Integer> behind = new TreeSet<>();
  private final SortedSet<Integer> ailing = new TreeSet<>();
  private final SortedSet<Integer> leaving = new TreeSet<>();
  private final SortedMap<Integer, String> warnings = new TreeMap<>();
  private final SortedSet<Integer> unheard = new TreeSet<>();
  private Loss loss = Loss.NONE;
  private int firstLeader;
  private boolean halfTold;
  private boolean leaderless;

  private Standing(int wanted) {
    this.wanted = wanted;
  }

  /** So many nodes are wanted, and others are there, all well. */
  public static Standing of(int wanted, int there) {
    Standing standing = new Standing(wanted);
    for (int node = 0; node < there; node++) {
      standing.pod(node, true, true, false).says(node, true, true, "");
      standing.members.add(node);
    }
    standing.pods = Math.max(wanted, there);
    return standing;
  }

  private Standing pod(int node, boolean current, boolean ready, boolean broken) {
    seen.put(
        node,
        new PodSeen(
            "uid-" + node, current, ready, broken, true, false, ready ? "" : "ContainerCreating"));
    return this;
  }

  public Standing says(int node, boolean ready, boolean formed, String why) {
    reports.put(
        node, new NodeReport(id(node), id(node) + ":8080", ready, formed, why, "1", null, null));
    return this;
  }

  /** A node's pod is there, and its process has nothing and waits to be added. */
  public Standing waiting(int node) {
    return pod(node, true, false, false).says(node, false, false, "waiting to be added");
  }

  /** A node's pod is there, and no machine takes it. */
  public Standing unscheduled(int node) {
    reports.remove(node);
    seen.put(node, new PodSeen("uid-" + node, true, false, true, false, false, "is not scheduled"));
    return this;
  }

  /** A node's pod is there, and nothing answers in it. */
  public Standing silent(int node) {
    reports.remove(node);
    return pod(node, true, false, false);
  }

  /** A node's pod is ready, and nothing answers in it. */
  public Standing mute(int node, String why) {
    reports.remove(node);
    unreachable.put(node, new Unreachable(why, false));
    return this;
  }

  /** An earlier change, or one taken back, left a node's pod ready, and nothing answers in it. */
  public Standing oldAndDeaf(int node, boolean isNodesWord) {
    reports.remove(node);
    unreachable.put(
        node, new Unreachable("node %s does not answer".formatted(id(node)), isNodesWord));
    return pod(node, false, true, false);
  }

  /** A node has not been well for a while. */
  public Standing ailing(int node) {
    ailing.add(node);
    return this;
  }

  /** A node's claim is being deleted. */
  public Standing leaving(int node) {
    leaving.add(node);
    return this;
  }

  /** A cluster begins, and has not told its UUID yet. */
  public Standing beginning() {
    loss = new Loss(true, null, false, null);
    return this;
  }

  /** There was a cluster, whose data may be given up. */
  public Standing begun(boolean isAccepted) {
    loss = new Loss(!isAccepted, "6f1c", isAccepted, null);
    return this;
  }

  /** A node begins anew from what it has. */
  public Standing beginsAnew(int node) {
    loss = loss.with(node);
    return this;
  }

  /** A node has data, and says why it does not serve. */
  public Standing alone(int node, String why) {
    return pod(node, true, false, false).says(node, false, true, why);
  }

  /** A node's volume is new, and it waits for what was on it. */
  public Standing missing(int node) {
    return pod(node, true, false, false)
        .says(node, false, false, "a new volume: dislog.raft.may-begin");
  }

  /** Kubernetes warns of a node's pod. */
  Standing warned(int node, String warning) {
    warnings.put(node, warning);
    return this;
  }

  /** No node leads any shard. */
  public Standing leaderless() {
    leaderless = true;
    return this;
  }

  /** Its leaders list a node no more, and it is there yet. */
  public Standing unlisted(int node) {
    members.remove(node);
    return says(node, false, true, "removed");
  }

  /** A node says that all is well with it. */
  public Standing says(int node) {
    return says(node, true, true, "");
  }

  /** There are to be so many pods. */
  public Standing ofPods(int count) {
    pods = count;
    return this;
  }

  /** A leader that tells nothing of some shard. */
  public Standing halfTold() {
    halfTold = true;
    return this;
  }

  public Standing withoutPod(int node) {
    seen.remove(node);
    reports.remove(node);
    return this;
  }

  public Standing ending(int node) {
    reports.remove(node);
    seen.put(node, new PodSeen("uid-" + node, true, false, false, true, true, ""));
    return this;
  }

  /** A node's pod is not what the StatefulSet says any more. */
  public Standing old(int node) {
    return pod(node, false, true, false);
  }

  /** Neither is it ready, for long. */
  public Standing oldAndBroken(int node) {
    reports.remove(node);
    return pod(node, false, false, true);
  }

  /** The same, but its process answers and takes part. */
  public Standing oldAndLame(int node) {
    return pod(node, false, false, true).says(node, false, true, "catching up");
  }

  /** The same, but not for long. */
  public Standing oldAndWaiting(int node) {
    return pod(node, false, false, false).says(node, false, true, "catching up");
  }

  /** A pod is what the StatefulSet says, and not ready for long. */
  public Standing broken(int node) {
    reports.remove(node);
    return pod(node, true, false, true);
  }

  /** A member of one shard only: whoever added it did not come to the end. */
  public Standing partly(int node) {
    partial.add(node);
    return waiting(node).says(node, false, true, "joining");
  }

  public Standing behind(int node) {
    behind.add(node);
    return this;
  }

  /** A node takes part, but the operator does not reach it. */
  public Standing unheard(int node) {
    unheard.add(node);
    reports.remove(node);
    return this;
  }

  public Standing ledBy(int first) {
    firstLeader = first;
    return this;
  }

  public Standing rolloutUnknown() {
    rolloutKnown = false;
    return this;
  }

  public Plan plan() {
    return Plan.of(situation());
  }

  public Situation situation() {
    return new Situation(
        "demo",
        wanted,
        pods,
        rolloutKnown,
        seen,
        reports,
        unreachable,
        ailing,
        leaving,
        warnings,
        loss,
        Membership.of(SHARDS, views()));
  }

  public Collection<ClusterView> views() {
    return reports.entrySet().stream()
        .filter(report -> report.getValue().formed() && !unheard.contains(report.getKey()))
        .map(report -> view(report.getKey()))
        .toList();
  }

  private ClusterView view(int node) {
    List<ClusterView.Shard> shards =
        IntStream.range(0, halfTold ? SHARDS - 1 : SHARDS)
            .mapToObj(shard -> shard(shard, node))
            .toList();
    return new ClusterView(id(node), List.of(), shards);
  }

  private ClusterView.Shard shard(int shard, int seenBy) {
    List<String> replicas = new ArrayList<>(members.stream().map(Standing::id).toList());
    if (shard == 0) {
      partial.stream().map(Standing::id).forEach(replicas::add);
    }
    List<Integer> all = List.copyOf(members);
    String leader = id(all.get((all.indexOf(firstLeader) + shard) % all.size()));
    return new ClusterView.Shard(
        shard,
        leaderless ? null : leader,
        7,
        replicas,
        behind.contains(seenBy) ? 0 : COMMITTED,
        COMMITTED);
  }

  private static String id(int node) {
    return "demo-" + node;
  }
}

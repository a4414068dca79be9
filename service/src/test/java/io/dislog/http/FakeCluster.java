package io.dislog.http;

import io.dislog.command.Rejection;
import io.dislog.commit.Cluster;
import io.dislog.commit.Member;
import io.dislog.commit.SnapshotSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A cluster of four shards in which a test says who leads all of them, and what is fresh. */
public final class FakeCluster implements Cluster {

  static final String SELF = "n1";
  static final int SHARDS = 4;

  /** The one behind the service that runs now. */
  public static volatile FakeCluster current = new FakeCluster();

  public final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<Member> members = new CopyOnWriteArrayList<>();
  private volatile @Nullable Member leader;
  private volatile @Nullable Member next;
  private volatile @Nullable Boolean fresh = true;
  private final AtomicInteger looks = new AtomicInteger();

  FakeCluster() {
    reset();
  }

  /** This node alone leads everything, and all is fresh. */
  public void reset() {
    members.clear();
    members.add(new Member(SELF, "10.9.8.7", 9700, 8080));
    leader = members.getFirst();
    next = null;
    fresh = true;
    asked.clear();
  }

  /** Another node leads from now on, or none. */
  public void led(@Nullable Member by) {
    leader = by;
  }

  public void ledHere() {
    leader = members.getFirst();
  }

  void has(Member other) {
    members.add(other);
  }

  /** Has another node lead as soon as this one begins to carry out what it took as the leader. */
  public void overtaken(Member by) {
    next = by;
  }

  /** Whether another has taken over since a request was taken here. */
  boolean isOvertaken() {
    Member by = next;
    if (by != null) {
      led(by);
    }
    return by != null;
  }

  /** What leaders say from now on; null for nothing at all until patience ends. */
  public void fresh(@Nullable Boolean is) {
    fresh = is;
  }

  /** How often it was asked who leads a shard. */
  public int looks() {
    return looks.get();
  }

  @Override
  public boolean formed() {
    return true;
  }

  @Override
  public String self() {
    return SELF;
  }

  @Override
  public List<Member> members() {
    List<Member> sorted = new ArrayList<>(members);
    sorted.sort(Comparator.comparing(Member::id));
    return sorted;
  }

  @Override
  public List<ShardStatus> shards() {
    List<ShardStatus> shards = new ArrayList<>();
    Member leads = leader;
    for (int id = 0; id < SHARDS; id++) {
      List<String> replicas = members().stream().map(Member::id).toList();
      shards.add(
          new ShardStatus(
              id, leads == null ? null : leads.id(), 7, replicas, 20, 17, 3, 1000, 1, 2));
    }
    return shards;
  }

  @Override
  public Map<String, Long> lag(ShardStatus shard) {
    return Map.of(SELF, 3L);
  }

  @Override
  public int shardOf(String log) {
    return Math.floorMod(log.hashCode(), SHARDS);
  }

  @Override
  public @Nullable Member leaderOf(int shard) {
    Member leads = leader;
    looks.incrementAndGet();
    return leads;
  }

  @Override
  public CompletionStage<Boolean> freshen(int shard, Duration patience) {
    asked.add("freshen " + shard + " " + patience.toMillis());
    Boolean is = fresh;
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    return is == null
        ? answer.completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS)
        : answer.completeAsync(() -> is);
  }

  @Override
  public void add(Member member, boolean empty) {
    asked.add("add " + member.id() + " " + member.raftAddress() + " " + empty);
    members.removeIf(known -> known.id().equals(member.id()));
    members.add(member);
  }

  @Override
  public void remove(String node) {
    asked.add("remove " + node);
    members.removeIf(known -> known.id().equals(node));
  }

  @Override
  public void lead(int shard, String node) {
    asked.add("lead " + shard + " " + node);
    led(members().stream().filter(member -> member.id().equals(node)).findFirst().orElseThrow());
  }

  @Override
  public SnapshotSource snapshots() {
    throw new Rejection.NotReady("there is nothing to give");
  }
}

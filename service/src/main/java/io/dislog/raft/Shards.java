package io.dislog.raft;

import io.dislog.commit.Cluster.ShardStatus;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.statemachine.StateMachine;
import org.jspecify.annotations.Nullable;

/**
 * All shards of this node: the state of each, and its group. Opened by one thread, then safe for
 * use by many.
 */
final class Shards implements StateMachine.Registry, HeardRpc.Listeners, Closeable {

  private final Path raftFolder;
  private final Replicas replicas;
  private final Watcher watcher;
  private final List<Shard> all;
  private final Set<Integer> reopening = ConcurrentHashMap.newKeySet();

  /** Is told what becomes of the shards; by any thread. */
  interface Watcher {

    /** This node can't go on. */
    void failed(String what, @Nullable Throwable cause);

    /** A shard's group begins with nothing here, on another node's word or this one's. */
    void joins(int shard);

    /** A shard's group was taken from this node. */
    void removed(int shard);
  }

  /**
   * @param raftFolder of raft's own logs, one folder a group
   */
  Shards(int count, Path raftFolder, Wire wire, Replicas replicas, Watcher watcher) {
    this.raftFolder = raftFolder;
    this.replicas = replicas;
    this.watcher = watcher;
    this.all = IntStream.range(0, count).mapToObj(shard -> new Shard(shard, wire)).toList();
  }

  /** Opens what each shard holds. Blocks. */
  void open(Consumer<Integer> progress) throws IOException {
    for (Shard shard : all) {
      shard.open();
      progress.accept(shard.group.shard() + 1);
    }
  }

  int count() {
    return all.size();
  }

  ShardGroup group(int shard) {
    return all.get(shard).group;
  }

  List<ShardGroup> groups() {
    return all.stream().map(shard -> shard.group).toList();
  }

  ShardStatus status(int shard) {
    Replica replica = all.get(shard).replica;
    return group(shard).status(replica == null ? 0 : replica.fetchedBytes());
  }

  /** Whether anything of any shard was ever written here, or fetched. */
  boolean formed() {
    return groups().stream().anyMatch(ShardGroup::formed);
  }

  /** The shards that nobody leads, as far as is known here. */
  List<Integer> leaderless() {
    return groups().stream().filter(group -> group.leader() == null).map(Group::shard).toList();
  }

  /** Whether this node holds anything of a shard. */
  boolean isEmpty(int shard) {
    Replica replica = all.get(shard).replica;
    return replica == null || replica.durable().index() < 0;
  }

  /** The shards of which this node has no raft log: it never took part in them, or forgot. */
  List<Integer> missing() {
    return IntStream.range(0, all.size())
        .filter(shard -> !Files.exists(folder(shard)))
        .boxed()
        .toList();
  }

  /** Whether a shard's group, when it is taken away, is to come back as it was. */
  void reopening(int shard, boolean now) {
    if (now) {
      reopening.add(shard);
    } else {
      reopening.remove(shard);
    }
  }

  private Path folder(int shard) {
    return raftFolder.resolve(Placement.group(shard).getUuid().toString());
  }

  @Override
  public StateMachine apply(RaftGroupId group) {
    try {
      return all.get(Placement.shard(group)).begin();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Leadership of(RaftServer.Division division) {
    return group(Placement.shard(division.getMemberId().getGroupId())).leadership();
  }

  /** Opens again what failed for want of room, its group being closed. */
  void reopenFailed() throws IOException {
    for (Shard shard : all) {
      shard.reopenFailed();
    }
  }

  /** What follows is a close that this node wants. */
  void closing() {
    for (Shard shard : all) {
      ShardStateMachine machine = shard.machine;
      if (machine != null) {
        machine.closing();
      }
    }
  }

  /** Closes what the shards hold, their groups being closed. */
  @Override
  public void close() throws IOException {
    List<IOException> failures = new ArrayList<>();
    for (Shard shard : all) {
      try {
        shard.close();
      } catch (IOException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  /** One shard: what it holds, and its group. */
  private final class Shard implements ShardEvents {

    private final ShardGroup group;
    private volatile @Nullable Replica replica;
    private volatile @Nullable ShardStateMachine machine;

    Shard(int shard, Wire wire) {
      this.group = new ShardGroup(shard, wire);
    }

    synchronized void open() throws IOException {
      replica = replicas.open(group);
    }

    /** Ratis makes the group, from its folder or anew. */
    synchronized StateMachine begin() throws IOException {
      if (!Files.exists(folder(group.shard()))) {
        watcher.joins(group.shard());
        if (!isEmpty(group.shard())) {
          restart();
        }
      }
      Replica held = replica;
      if (held == null) {
        throw new IOException("shard %d is not open".formatted(group.shard()));
      }
      ShardStateMachine before = machine;
      // What Ratis applies again, after it alone was closed, the replica has already.
      Applied settled = before == null ? held.durable() : before.settled();
      ShardStateMachine now = new ShardStateMachine(held, settled, this, Tail.ofShard());
      machine = now;
      return now;
    }

    synchronized void reopenFailed() throws IOException {
      Replica held = replica;
      if (held == null || held.failure() != null) {
        close();
        open();
      }
    }

    private void restart() throws IOException {
      close();
      replicas.discard(group.shard());
      group.applied(-1);
      open();
    }

    synchronized void close() throws IOException {
      Replica held = replica;
      replica = null;
      machine = null;
      if (held != null) {
        held.close();
      }
    }

    @Override
    public void joined(RaftServer.Division division) {
      group.division(division);
    }

    @Override
    public void applied(long index) {
      group.applied(index);
    }

    @Override
    public void elected() {
      group.elected();
    }

    @Override
    public void leads(boolean leading) {
      group.leads(leading);
      Replica held = replica;
      RaftServer.Division division = group.division();
      if (held != null && division != null) {
        held.leads(leading, division.getInfo().getCurrentTerm());
      }
    }

    @Override
    public CompletableFuture<Long> readIndex() {
      return group.readIndex();
    }

    @Override
    public void failed(String what, @Nullable Throwable cause) {
      watcher.failed("shard %d: %s".formatted(group.shard(), what), cause);
    }

    @Override
    public void closed() {
      group.division(null);
    }

    @Override
    public synchronized void removed() {
      if (reopening.contains(group.shard())) {
        return;
      }
      try {
        restart();
        watcher.removed(group.shard());
      } catch (IOException e) {
        failed("what it held can't be put aside", e);
      }
    }
  }
}

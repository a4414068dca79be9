package io.dislog.raft;

import io.dislog.commit.Commit;
import io.dislog.commit.SnapshotSource;
import io.dislog.raft.replica.Group;
import io.dislog.raft.replica.Replica;
import io.dislog.raft.replica.Replicas;
import io.dislog.shard.ShardOutline;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A node's {@link TinyReplica}s, and its groups. */
final class TinyReplicas implements Replicas {

  private final Path directory;
  private final String node;
  private final Map<Integer, TinyReplica> replicas = new ConcurrentHashMap<>();
  private final Map<Integer, Group> groups = new ConcurrentHashMap<>();

  TinyReplicas(Path directory, String node) {
    this.directory = directory;
    this.node = node;
  }

  TinyReplica replica(int shard) {
    TinyReplica replica = replicas.get(shard);
    if (replica == null) {
      throw new AssertionError("shard " + shard + " is not open");
    }
    return replica;
  }

  Group group(int shard) {
    Group group = groups.get(shard);
    if (group == null) {
      throw new AssertionError("shard " + shard + " is not open");
    }
    return group;
  }

  boolean isOpen(int shards) {
    return replicas.size() == shards;
  }

  @Override
  public Replica open(Group group) throws IOException {
    groups.put(group.shard(), group);
    TinyReplica replica = new TinyReplica(file(group.shard()), node, group.shard());
    replicas.put(group.shard(), replica);
    return replica;
  }

  private Path file(int shard) throws IOException {
    return Files.createDirectories(directory.resolve("shards")).resolve("tiny-" + shard);
  }

  /** Knows no logs, as upkeep finds. */
  @Override
  public Commit commit() {
    return (Commit)
        Proxy.newProxyInstance(
            Commit.class.getClassLoader(),
            new Class<?>[] {Commit.class},
            (proxy, method, arguments) -> List.of());
  }

  @Override
  public long leavingBytes() {
    return 0;
  }

  @Override
  public SnapshotSource snapshots() {
    return new SnapshotSource() {
      @Override
      public ShardOutline outline(int shard) {
        throw new UnsupportedOperationException("peers are found in memory");
      }

      @Override
      public ShardOutline outline(int shard, String log) {
        throw new UnsupportedOperationException("peers are found in memory");
      }

      @Override
      public StoreBytes store(
          int shard, String log, String id, long baseOffset, long from, long size) {
        throw new UnsupportedOperationException("peers are found in memory");
      }
    };
  }

  @Override
  public void discard(int shard) throws IOException {
    Files.deleteIfExists(file(shard));
  }

  @Override
  public void close() {}
}

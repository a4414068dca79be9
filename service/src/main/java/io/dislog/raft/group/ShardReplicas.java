package io.dislog.raft.group;

import io.dislog.commit.Commit;
import io.dislog.commit.CommitListener;
import io.dislog.commit.Node;
import io.dislog.commit.SnapshotSource;
import io.dislog.disk.Disk;
import io.dislog.disk.Remover;
import io.dislog.log.LogResources;
import io.dislog.raft.base.AgreedClock;
import io.dislog.raft.base.EntryClock;
import io.dislog.raft.base.EntryVersion;
import io.dislog.raft.replica.Group;
import io.dislog.raft.replica.Replica;
import io.dislog.raft.replica.Replicas;
import io.dislog.raft.replica.ShardReplica;
import io.dislog.raft.rpc.PeerHttp;
import io.dislog.shard.Shard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;

/**
 * The shards' logs on this node, each shard's in a folder of its own. Safe for use by many threads.
 *
 * <pre>
 *   shards/0/…      see {@link Shard}
 *   shards/1/…
 * </pre>
 */
public final class ShardReplicas implements Replicas {

  private static final int OPEN_SEGMENTS = 512;

  private final Node.Setup setup;
  private final PeerHttp peers;
  private final Disk disk;
  private final AgreedClock agreed;
  private final LogResources resources;
  private final CommitListener listener;
  private final RaftCommit commit;
  private final ExecutorService forcer = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param shards how many there are
   * @param space is told how many bytes are to be appended, and refuses where there is no room
   * @param clock by which entries are dated, and retention decides
   * @param version of the entries
   */
  public ShardReplicas(
      Node.Setup setup,
      int shards,
      Disk disk,
      LongConsumer space,
      AgreedClock clock,
      EntryVersion version,
      CommitListener listener)
      throws IOException {
    this.setup = setup;
    this.peers = new PeerHttp(setup.trust().credential());
    this.disk = disk;
    this.agreed = clock;
    this.resources =
        new LogResources(disk, setup.dataDirectory(), OPEN_SEGMENTS, new Remover(disk));
    this.listener = listener;
    this.commit = new RaftCommit(shards, disk, space, clock, version, setup.budget()::producers);
    if (disk.exists(trash())) { // A crash may have left some of what was being discarded.
      resources.remover().empty(trash());
    }
  }

  @Override
  public Replica open(Group group) throws IOException {
    Path folder = folder(group.shard());
    disk.createFolders(folder);
    disk.deleteAll(folder.resolve("healing")); // Of logs that were being healed.
    EntryClock clock = new EntryClock();
    Shard shard =
        Shard.replayed(resources, folder, setup.defaults(), clock, agreed, clock::producers);
    shard.recover((_, _) -> {}); // Told of by shards, not by logs.
    ShardReplica replica =
        new ShardReplica(
            group.shard(),
            shard,
            disk,
            folder,
            clock,
            listener,
            commit::defaultsChanged,
            forcer,
            peers);
    commit.serve(group, replica);
    return replica;
  }

  @Override
  public Commit commit() {
    return commit;
  }

  @Override
  public long leavingBytes() {
    return resources.remover().leavingBytes();
  }

  @Override
  public SnapshotSource snapshots() {
    return commit;
  }

  @Override
  public void discard(int shard) throws IOException {
    Path folder = folder(shard);
    if (disk.exists(folder)) {
      disk.createFolders(trash());
      Path gone = trash().resolve("shard-%d-%x".formatted(shard, System.nanoTime()));
      disk.rename(folder, gone);
      disk.forceFolder(trash());
      disk.deleteAll(gone);
    }
  }

  @Override
  public void close() {
    peers.close();
    resources.close();
    forcer.close();
  }

  private Path trash() {
    return setup.dataDirectory().resolve("trash");
  }

  private Path folder(int shard) {
    return setup.dataDirectory().resolve("shards").resolve(Integer.toString(shard));
  }
}

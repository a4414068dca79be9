package io.dislog.raft.node;

import io.dislog.command.Rejection;
import io.dislog.commit.Cluster;
import io.dislog.commit.ClusterId;
import io.dislog.commit.Commit;
import io.dislog.commit.CommitListener;
import io.dislog.commit.LimitedCommit;
import io.dislog.commit.LogMaintenance;
import io.dislog.commit.Node;
import io.dislog.commit.RaftConfig;
import io.dislog.commit.StateBudget;
import io.dislog.commit.StorageWatch;
import io.dislog.disk.DirectoryLock;
import io.dislog.disk.Disk;
import io.dislog.disk.FileTrouble;
import io.dislog.raft.base.AgreedClock;
import io.dislog.raft.base.EntryVersion;
import io.dislog.raft.group.ClusterDiskPressure;
import io.dislog.raft.group.Participant;
import io.dislog.raft.group.ShardReplicas;
import io.dislog.raft.group.Shards;
import io.dislog.raft.replica.Replicas;
import io.dislog.raft.rpc.PeerClient;
import io.dislog.raft.rpc.PeerHttp;
import io.dislog.raft.rpc.RaftAdminClient;
import io.dislog.raft.rpc.RaftPeers;
import io.dislog.raft.rpc.RaftSettings;
import io.dislog.raft.vote.TermFile;
import io.dislog.raft.vote.VoteStore;
import io.dislog.shard.DiskReserve;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.conf.RaftProperties;
import org.jspecify.annotations.Nullable;

/**
 * A node among others: takes its data directory, recovers its shards and takes part in their groups
 * until it is closed. Safe for use by many threads.
 *
 * <pre>
 *   cluster     see {@link ClusterIdentity}
 *   cluster-id  see {@link ClusterId}
 *   ballots     see {@link VoteStore}
 *   raft/…      Ratis' own logs, one folder a group
 *   shards/…    see {@link Replicas}
 *   trash/…     shards that are being discarded
 * </pre>
 */
public final class RaftNode implements Node {

  private static final System.Logger LOGGER = System.getLogger(RaftNode.class.getName());

  private final StateBudget budget;
  private final FatalHandler fatal;
  private final DirectoryLock lock;
  private final StorageWatch storage;
  private final AgreedId clusterId;
  private final PeerReports reports;
  private final CommitListener listener;
  private final ClusterIdentity identity;
  private final VoteStore votes;
  private final RaftPeers asked;
  private final PeerClient peers;
  private final Replicas replicas;
  private final Shards shards;
  private final RaftCluster cluster;
  private final Bootstrap bootstrap;
  private final Thread start;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("raft-node").factory());
  private final FileTrouble trouble;
  private final NodeHealth health;
  private final ParticipationControl participation;
  private volatile boolean closing;
  private volatile @Nullable Commit commit;
  private final LogMaintenance maintenance;

  /**
   * Takes the data directory, which is created where it is not there, and begins to recover.
   *
   * @throws IOException where another process has the directory, or it is another node's
   */
  public RaftNode(Setup setup, RaftConfig config, Disk disk, CommitListener listener)
      throws IOException {
    this(
        setup,
        config,
        disk,
        (space, clock, version) ->
            new ShardReplicas(setup, config.shards(), disk, space, clock, version, listener),
        FatalHandler.PROCESS,
        listener);
  }

  /** For tests, with shards and an end of theirs. */
  public RaftNode(
      Setup setup,
      RaftConfig config,
      Disk disk,
      Replicas.Opener opener,
      FatalHandler fatal,
      CommitListener listener)
      throws IOException {
    this.budget = setup.budget();
    peers = new PeerClient(new PeerHttp(setup.trust().credential()));
    maintenance = new LogMaintenance(setup.retentionInterval(), budget);
    trouble = new FileTrouble(setup.dataDirectory());
    this.fatal = fatal;
    this.listener = listener;
    Path directory = setup.dataDirectory();
    Path raftFolder = directory.resolve("raft");
    disk.createFolders(directory);
    lock = DirectoryLock.take(directory);
    AgreedClock clock = AgreedClock.of(config.self());
    EntryVersion version = new EntryVersion(config.self());
    RaftProperties properties;
    DiskPressure pressure;
    ClusterDiskPressure clusterPressure;
    try {
      identity = new ClusterIdentity(disk, directory, config.self(), config.shards());
      disk.createFolders(raftFolder);
      votes = VoteStore.open(disk, directory, TermFile.all(disk, raftFolder, config.shards()));
      clusterId = new AgreedId(new ClusterId(disk, directory));
      DiskReserve reserve = new DiskReserve(disk, directory, setup.reserveBytes());
      storage = new StorageWatch(reserve);
      clusterPressure = new ClusterDiskPressure(reserve);
      pressure = new DiskPressure(reserve, setup.reserveBytes());
      properties = RaftSettings.of(raftFolder, DiskPressure.floor(setup.reserveBytes()));
      replicas = opener.open(clusterPressure, clock, version);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
    asked = RaftPeers.of(config, clusterId::told, setup.trust());
    RaftAdminClient admin = new RaftAdminClient(asked);
    shards = new Shards(config.shards(), raftFolder, votes, admin, replicas, new Watch());
    reports = new PeerReports(config.self(), shards, admin, storage, clusterPressure, clusterId);
    health = new NodeHealth(pressure, shards, reports, clock);
    participation =
        new ParticipationControl(
            shards,
            votes,
            pressure,
            health,
            fatal,
            () -> new Participant(config, properties, asked, shards));
    cluster = new RaftCluster(config.self(), shards, admin, reports, replicas, this::isFormed);
    LostQuorum lost = new LostQuorum(config, disk, raftFolder, shards, peers, clusterId);
    bootstrap = new Bootstrap(config, identity, shards, peers, lost, health::setForming);
    start = Thread.ofPlatform().name("raft-start").start(this::start);
    Clocks clocks = new Clocks(config.self(), shards, admin, clock, version);
    Duties duties = duties(config.self(), admin, properties, clocks);
    var _ = timer.scheduleWithFixedDelay(duties, 1, 1, TimeUnit.SECONDS);
  }

  private Duties duties(
      String self, RaftAdminClient admin, RaftProperties properties, Clocks clocks) {
    return new Duties(self, shards, admin, peers, clusterId, participation, properties, clocks);
  }

  @Override
  public Commit commit() {
    Commit ready = commit;
    if (ready == null) {
      throw new Rejection.NotReady(health().why());
    }
    return ready;
  }

  @Override
  public Optional<Cluster> cluster() {
    return Optional.of(cluster);
  }

  @Override
  public Health health() {
    return health.health();
  }

  @Override
  public StorageWatch storage() {
    return storage;
  }

  @Override
  public Optional<UUID> clusterId() {
    return clusterId.told();
  }

  @Override
  public LogMaintenance maintenance() {
    return maintenance;
  }

  /** As long as the groups are not open, whoever has a mark may have agreed on anything. */
  private boolean isFormed() {
    return participation.isOpen() ? shards.formed() : identity.isOfAMember();
  }

  private void start() {
    try {
      shards.open(
          done -> health.setForming("recovering: %d of %d shards".formatted(done, shards.count())));
      Commit ready = replicas.commit();
      maintenance.begin(ready, reports, replicas::leavingBytes, listener);
      commit = new LimitedCommit(ready, budget);
      health.setForming("joining");
      participation.awaitRoom();
      Participant part = participation.participant();
      if (part != null) {
        bootstrap.run(part);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      if (!closing) {
        fail("can't start: " + e.getMessage(), e);
      }
    }
  }

  private void fail(String why, @Nullable Throwable cause) {
    if (closing) {
      return;
    }
    if (DiskPressure.lacked(cause)) {
      health.setFull(true); // Seen within a second: Ratis' own thread can't close what it runs in.
    } else if (health.failed(trouble.within(why))) {
      LOGGER.log(Level.ERROR, why, cause);
      fatal.end(cause == null ? why : why + ": " + cause.getMessage());
    }
  }

  @Override
  public void handOver() {
    participation.handOver();
  }

  @Override
  public void close() throws IOException {
    closing = true;
    try {
      start.interrupt();
      start.join();
      timer.shutdownNow();
      maintenance.close();
      participation.end();
    } catch (IOException e) {
      LOGGER.log(
          Level.WARNING,
          "ends without waiting any longer, which loses nothing that was acknowledged: {0}",
          e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closeShards();
    }
  }

  private void closeShards() throws IOException {
    try (lock;
        votes;
        asked;
        peers;
        replicas) {
      shards.close();
    }
  }

  /** What becomes of the shards. */
  private final class Watch implements Shards.Watcher {

    @Override
    public void failed(String what, @Nullable Throwable cause) {
      fail(what, cause);
    }

    @Override
    public void joins(int shard) {
      if (identity.state() == ClusterIdentity.State.REMOVED) {
        health.setRemoved(false);
        health.setForming(""); // Unless it is still being formed, which says so at once again.
      }
      write(ClusterIdentity.State.joined(identity.state()));
    }

    @Override
    public void removed(int shard) {
      if (shards.groups().stream().allMatch(group -> group.division() == null)) {
        write(ClusterIdentity.State.REMOVED);
        health.setRemoved(true);
      }
    }

    @Override
    public ByteBuffer report() {
      return reports.ownReport();
    }

    private void write(ClusterIdentity.State state) {
      try {
        identity.write(state);
        if (state == ClusterIdentity.State.REMOVED) {
          clusterId.forget();
        }
      } catch (IOException e) {
        fail("the mark of the data directory can't be written", e);
      }
    }
  }
}

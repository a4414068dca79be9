package io.dislog.raft;

import io.dislog.commit.Cluster;
import io.dislog.commit.ClusterId;
import io.dislog.commit.Commit;
import io.dislog.commit.CommitListener;
import io.dislog.commit.LimitedCommit;
import io.dislog.commit.Node;
import io.dislog.commit.RaftConfig;
import io.dislog.commit.StateLimits;
import io.dislog.commit.StorageWatch;
import io.dislog.commit.Upkeep;
import io.dislog.log.DirectoryLock;
import io.dislog.log.Disk;
import io.dislog.log.FileTrouble;
import io.dislog.shard.Refusal;
import io.dislog.shard.Space;
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
 *   cluster     see {@link Mark}
 *   ballots     see {@link Ballots}
 *   raft/…      Ratis' own logs, one folder a group
 *   shards/…    see {@link Replicas}
 * </pre>
 */
public final class RaftNode implements Node {

  private static final System.Logger LOGGER = System.getLogger(RaftNode.class.getName());

  private final StateLimits limits;
  private final Ending ending;
  private final DirectoryLock lock;
  private final StorageWatch storage;
  private final AgreedId clusterId;
  private final PeerReports reports;
  private final CommitListener listener;
  private final Mark mark;
  private final Ballots ballots;
  private final Wire wire;
  private final Others others = new Others();
  private final Replicas replicas;
  private final Shards shards;
  private final RaftCluster cluster;
  private final Formation formation;
  private final Thread start;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("raft-node").factory());
  private final FileTrouble trouble;
  private final Condition condition;
  private final Attendance attendance;
  private volatile boolean closing;
  private volatile @Nullable Commit commit;
  private final Upkeep upkeep;

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
            new ShardReplicas(
                setup, config.shards(), disk, space, clock, version, listener, (done, total) -> {}),
        Ending.PROCESS,
        listener);
  }

  /** For tests, with shards and an end of theirs. */
  RaftNode(
      Setup setup,
      RaftConfig config,
      Disk disk,
      Replicas.Opener opener,
      Ending ending,
      CommitListener listener)
      throws IOException {
    upkeep = new Upkeep(setup.retentionInterval());
    this.limits = setup.limits();
    this.ending = ending;
    this.listener = listener;
    Path directory = setup.dataDirectory();
    trouble = new FileTrouble(directory);
    Path raftFolder = directory.resolve("raft");
    disk.createFolders(directory);
    lock = DirectoryLock.take(directory);
    AgreedClock clock = AgreedClock.of(config.self());
    EntryVersion version = new EntryVersion(config.self());
    RaftProperties properties;
    Room room;
    Rooms rooms;
    try {
      mark = new Mark(disk, directory, config.self(), config.shards());
      disk.createFolders(raftFolder);
      ballots = Ballots.open(disk, directory, TermFile.all(disk, raftFolder, config.shards()));
      clusterId = new AgreedId(new ClusterId(disk, directory));
      Space space = new Space(disk, directory, setup.reserveBytes());
      storage = new StorageWatch(space);
      rooms = new Rooms(space);
      room = new Room(space, setup.reserveBytes());
      properties = RaftSettings.of(raftFolder, config, Room.floor(setup.reserveBytes()));
      replicas = opener.open(rooms, clock, version);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
    wire = new Wire(properties);
    wire.knows(config.peers().stream().map(Placement::peer).toList());
    shards = new Shards(config.shards(), raftFolder, ballots, wire, replicas, new Watch());
    reports = new PeerReports(config.self(), shards, wire, storage, rooms, clusterId);
    condition = new Condition(room, shards, reports, clock);
    attendance =
        new Attendance(
            shards,
            ballots,
            room,
            condition,
            ending,
            () -> new Participant(Placement.id(config.self()), properties, shards));
    cluster =
        new RaftCluster(config.self(), shards, wire, reports, replicas.donor(), this::isFormed);
    LostQuorum lost = new LostQuorum(config, disk, raftFolder, shards, others, clusterId);
    formation = new Formation(config, mark, shards, others, lost, condition::forming);
    start = Thread.ofPlatform().name("raft-start").start(this::start);
    Clocks clocks = new Clocks(config.self(), shards, wire, clock, version);
    Duties duties = new Duties(config.self(), shards, wire, others, clusterId, attendance, clocks);
    var _ = timer.scheduleWithFixedDelay(duties, 1, 1, TimeUnit.SECONDS);
  }

  @Override
  public Commit commit() {
    Commit ready = commit;
    if (ready == null) {
      throw new Refusal.NotReady(health().why());
    }
    return ready;
  }

  @Override
  public Optional<Cluster> cluster() {
    return Optional.of(cluster);
  }

  @Override
  public Health health() {
    return condition.health();
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
  public Upkeep upkeep() {
    return upkeep;
  }

  /** As long as the groups are not open, whoever has a mark may have agreed on anything. */
  private boolean isFormed() {
    return attendance.isOpen() ? shards.formed() : mark.isOfAMember();
  }

  private void start() {
    try {
      shards.open(
          done -> condition.forming("recovering: %d of %d shards".formatted(done, shards.count())));
      Commit ready = replicas.commit();
      upkeep.begin(ready, reports, replicas::leavingBytes, listener);
      commit = new LimitedCommit(ready, limits);
      condition.forming("joining");
      attendance.awaitRoom();
      Participant part = attendance.participant();
      if (part != null) {
        formation.run(part);
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
    if (Room.lacked(cause)) {
      condition.full(true); // Seen within a second: Ratis' own thread can't close what it runs in.
    } else if (condition.failed(trouble.within(why))) {
      LOGGER.log(Level.ERROR, why, cause);
      ending.end(cause == null ? why : why + ": " + cause.getMessage());
    }
  }

  @Override
  public void handOver() {
    attendance.handOver();
  }

  @Override
  public void close() throws IOException {
    closing = true;
    try {
      start.interrupt();
      start.join();
      timer.shutdownNow();
      upkeep.close();
      attendance.end();
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
        ballots;
        wire;
        others;
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
      if (mark.state() == Mark.State.REMOVED) {
        condition.forming(""); // Unless it is still being formed, which says so at once again.
      }
      write(mark.state() == Mark.State.BOOTSTRAPPED ? Mark.State.BOOTSTRAPPED : Mark.State.MEMBER);
    }

    @Override
    public void removed(int shard) {
      if (shards.groups().stream().allMatch(group -> group.division() == null)) {
        write(Mark.State.REMOVED);
        condition.forming("this node was removed from its cluster");
      }
    }

    @Override
    public ByteBuffer report() {
      return reports.ownReport();
    }

    private void write(Mark.State state) {
      try {
        mark.write(state);
        if (state == Mark.State.REMOVED) {
          clusterId.forget();
        }
      } catch (IOException e) {
        fail("the mark of the data directory can't be written", e);
      }
    }
  }
}

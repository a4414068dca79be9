package io.dislog.raft.replica;

import io.dislog.command.LogSettings;
import io.dislog.command.Rejection;
import io.dislog.commit.CommitListener;
import io.dislog.commit.Member;
import io.dislog.disk.Disk;
import io.dislog.raft.base.Applied;
import io.dislog.raft.base.Entry;
import io.dislog.raft.base.EntryClock;
import io.dislog.raft.rpc.PeerHttp;
import io.dislog.raft.rpc.PeerShard;
import io.dislog.shard.LogHealing;
import io.dislog.shard.LogView;
import io.dislog.shard.LogWriter;
import io.dislog.shard.Shard;
import io.dislog.shard.ShardOutline;
import io.dislog.shard.SnapshotInstallation;
import io.dislog.state.Checkpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The logs of one shard on this node, kept by the entries of its raft group. Threads as {@link
 * Replica} says; any thread may look at the logs.
 */
public final class ShardReplica implements Replica {

  /** No entry of the shard is applied while a peer is asked for the last of a log. */
  private static final Duration QUICK = Duration.ofSeconds(2);

  private final int number;
  private final Shard shard;
  private final PeerHttp peers;
  private final Disk disk;
  private final Path folder;
  private final EntryClock clock;
  private final CommitListener listener;
  private final Runnable onDefaults;
  private final ReplicaCheckpoint checkpoint;
  private final AtomicLong fetchedBytes = new AtomicLong();
  private final AtomicLong healed = new AtomicLong();
  private Applied applied;
  private volatile int appliedVersion;
  private volatile @Nullable Exception failure;
  private boolean closed;

  /**
   * @param shard whose logs are open
   * @param folder of the shard, where what is fetched from a peer stands until it is complete
   * @param onDefaults is called when the defaults changed
   * @param forcer runs forces beside the applying thread
   * @param peers from whom it fetches what it lacks
   */
  public ShardReplica(
      int number,
      Shard shard,
      Disk disk,
      Path folder,
      EntryClock clock,
      CommitListener listener,
      Runnable onDefaults,
      Executor forcer,
      PeerHttp peers) {
    this.number = number;
    this.shard = shard;
    this.peers = peers;
    this.disk = disk;
    this.folder = folder;
    this.clock = clock;
    this.listener = listener;
    this.onDefaults = onDefaults;
    this.checkpoint = new ReplicaCheckpoint(shard, disk, forcer, this::fail);
    this.applied = checkpoint.durable();
  }

  @Override
  public Applied durable() {
    return checkpoint.durable();
  }

  @Override
  public synchronized void apply(Applied at, ByteBuffer bytes, @Nullable Object proposal) {
    Entry own = proposal instanceof Entry entry ? entry : null;
    if (failure != null || at.index() <= applied.index()) { // That a peer's state had already.
      if (own != null) {
        own.fail(lost());
      }
      return;
    }
    Entry entry = own;
    try {
      entry = own == null ? Entry.decode(bytes) : own;
      clock.goTo(entry);
      appliedVersion = Math.max(appliedVersion, entry.version());
      LogSettings defaults = shard.patchedDefaults();
      new EntryApplication(
              shard, own == null ? CommitListener.NONE : listener, checkpoint.touched())
          .run(at.index(), entry);
      applied = at;
      if (!defaults.equals(shard.patchedDefaults())) {
        onDefaults.run();
      }
    } catch (IOException | RuntimeException e) {
      fail(e);
      if (entry != null) {
        entry.fail(lost());
      }
    }
  }

  @Override
  public synchronized void pass(Applied at) {
    if (failure == null && at.index() > applied.index()) {
      applied = at;
    }
  }

  @Override
  public Applied checkpoint(boolean wait) throws IOException {
    if (!checkpoint.isUnderWay()) {
      beginCheckpoint();
    }
    if (wait) {
      checkpoint.await();
      beginCheckpoint();
      checkpoint.await();
    }
    return checkpoint.durable();
  }

  @Override
  public synchronized Applied install(Member from, Applied atLeast) throws IOException {
    checkpoint.settle();
    PeerShard peer = new PeerShard(peers, from, number, fetchedBytes::addAndGet);
    try {
      Checkpoint at =
          new SnapshotInstallation(shard, disk, folder.resolve("incoming"), peer)
              .run(atLeast.index());
      applied = new Applied(at.term(), at.index());
    } finally {
      checkpoint.settle();
    }
    checkpoint.reached(applied);
    onDefaults.run();
    return applied;
  }

  /**
   * Entries are applied while what is lacking is fetched, and then what came meanwhile; none is
   * while the last of it is. What the peer had applied beyond this replica is left out later.
   */
  @Override
  public void heal(String log, Member from) throws IOException {
    PeerShard peer = new PeerShard(peers, from, number, fetchedBytes::addAndGet);
    LogHealing begun = new LogHealing(shard, log, folder.resolve("healing").resolve(log));
    begun.prepare(peer);
    begun.prepare(peer);
    synchronized (this) {
      if (closed || failure != null || !shard.damaged().all().contains(log)) {
        return;
      }
      checkpoint.settle();
      try {
        begun.run(peer.within(QUICK), applied.index());
        healed.incrementAndGet();
      } finally {
        checkpoint.settle();
      }
    }
  }

  @Override
  public long healed() {
    return healed.get();
  }

  @Override
  public List<String> damaged() {
    return List.copyOf(shard.damaged().all());
  }

  @Override
  public List<String> healable() {
    return shard.damaged().all().stream().filter(log -> !shard.damaged().isHindered(log)).toList();
  }

  @Override
  public void leadershipChanged(boolean leading) {
    if (leading) {
      onDefaults.run(); // They may have changed while nobody led this shard.
    }
  }

  @Override
  public @Nullable Exception failure() {
    return failure;
  }

  /** Forces and closes the logs. */
  @Override
  public void close() throws IOException {
    synchronized (this) {
      closed = true;
    }
    try {
      if (failure == null) {
        checkpoint(true);
      }
    } finally {
      for (LogWriter writer : shard.all()) {
        writer.close(false);
      }
      shard.close();
    }
  }

  /**
   * The log of that name.
   *
   * @throws Rejection.UnknownLog where there is none
   * @throws Rejection.LogUnavailable where it is damaged: others have records that this node lacks
   */
  public LogView log(String name) {
    LogWriter writer = shard.find(name);
    String why = writer == null ? shard.damaged().unavailable().get(name) : writer.log().failure();
    writer = writer == null && why == null ? shard.find(name) : writer; // Replaced meanwhile.
    if (writer != null && why == null) {
      return writer.log();
    }
    throw why == null ? new Rejection.UnknownLog(name) : new Rejection.LogUnavailable(name, why);
  }

  /**
   * What the shard holds at this moment.
   *
   * @throws Rejection.NotReady where its disk failed, or a log is damaged, of which others may have
   *     more
   */
  public synchronized ShardOutline outline() {
    if (failure != null || !shard.damaged().refused().isEmpty()) {
      throw new Rejection.NotReady(
          failure == null
              ? "these logs are damaged: " + shard.damaged().refused()
              : "the disk failed");
    }
    return shard.outline(new Checkpoint(applied.term(), applied.index()), shard.all());
  }

  /**
   * What one of its logs holds at this moment.
   *
   * @throws Rejection.UnknownLog where there is none
   * @throws Rejection.LogUnavailable where it is damaged; NotReady, where the disk failed
   */
  public synchronized ShardOutline outline(String log) {
    if (failure != null) {
      throw new Rejection.NotReady("the disk failed");
    }
    if (log(log).isDamaged()) {
      throw new Rejection.LogUnavailable(log, "a segment is damaged");
    }
    LogWriter writer = Objects.requireNonNull(shard.find(log));
    return shard.outline(new Checkpoint(applied.term(), applied.index()), List.of(writer));
  }

  /** The logs that can be served, by name, from a name on, with that one or without. */
  public NavigableMap<String, LogView> logs(String from, boolean inclusive) {
    NavigableMap<String, LogView> logs = new TreeMap<>();
    for (LogWriter writer : shard.from(from, inclusive)) {
      if (writer.log().failure() == null) {
        logs.put(writer.log().name(), writer.log());
      }
    }
    return logs;
  }

  /** Bytes that were fetched from peers since the start. */
  @Override
  public long fetchedBytes() {
    return fetchedBytes.get();
  }

  /** The newest version of the entries that were applied since the start: all members read it. */
  public int appliedVersion() {
    return appliedVersion;
  }

  public LogSettings defaults() {
    return shard.defaults();
  }

  public LogSettings patchedDefaults() {
    return shard.patchedDefaults();
  }

  private synchronized void beginCheckpoint() throws IOException {
    boolean isBehind = checkpoint.durable().index() < applied.index();
    if (failure == null && isBehind && !shard.damaged().anyHindered()) {
      checkpoint.begin(applied);
    }
  }

  private void fail(Exception e) {
    failure = e;
  }

  private static Rejection lost() {
    return new Rejection.NoLeader("the disk of the node that led failed");
  }
}

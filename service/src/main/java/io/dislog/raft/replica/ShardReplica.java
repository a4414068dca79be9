package io.dislog.raft.replica;

import io.dislog.command.LogSettings;
import io.dislog.command.Rejection;
import io.dislog.commit.CommitListener;
import io.dislog.commit.Member;
import io.dislog.disk.Disk;
import io.dislog.disk.DiskFile;
import io.dislog.raft.base.Applied;
import io.dislog.raft.base.Entry;
import io.dislog.raft.base.EntryClock;
import io.dislog.raft.rpc.PeerShard;
import io.dislog.shard.LogView;
import io.dislog.shard.LogWriter;
import io.dislog.shard.Shard;
import io.dislog.shard.ShardOutline;
import io.dislog.shard.SnapshotInstallation;
import io.dislog.state.Checkpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The logs of one shard on this node, kept by the entries of its raft group. Threads as {@link
 * Replica} says; any thread may look at the logs.
 *
 * <p>A checkpoint, in this order: (1) each log that was written to gets a mark in its journal, by
 * the applying thread; (2) the files of these logs are forced, beside it; (3) the shard's own
 * journal names the entry durably, and the logs that do not have it because they are damaged: those
 * get no commands any more, and are refused from then on. A crash before (3) leaves the checkpoint
 * before it in force, and logs whose marks are newer skip the commands that they already have.
 */
public final class ShardReplica implements Replica {

  private final int number;
  private final Shard shard;
  private final Disk disk;
  private final Path incoming;
  private final EntryClock clock;
  private final CommitListener listener;
  private final Runnable onDefaults;
  private final Executor forcer;
  private final AtomicLong fetchedBytes = new AtomicLong();
  private final Set<LogWriter> touched = new LinkedHashSet<>();
  private CompletableFuture<Void> forcing = CompletableFuture.completedFuture(null);
  private Applied applied;
  private volatile int appliedVersion;
  private volatile Applied durable;
  private volatile @Nullable Exception failure;

  /**
   * @param number the shard's
   * @param shard whose logs are open
   * @param incoming where what is fetched from a peer stands until it is complete
   * @param clock the shard's
   * @param onDefaults is called when the defaults changed
   * @param forcer runs forces beside the applying thread
   */
  public ShardReplica(
      int number,
      Shard shard,
      Disk disk,
      Path incoming,
      EntryClock clock,
      CommitListener listener,
      Runnable onDefaults,
      Executor forcer) {
    this.number = number;
    this.shard = shard;
    this.disk = disk;
    this.incoming = incoming;
    this.clock = clock;
    this.listener = listener;
    this.onDefaults = onDefaults;
    this.forcer = forcer;
    this.applied = new Applied(shard.checkpoint().term(), shard.checkpoint().index());
    this.durable = applied;
  }

  @Override
  public Applied durable() {
    return durable;
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
      new EntryApplication(shard, own == null ? CommitListener.NONE : listener, touched)
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
    if (isBehind() && forcing.isDone()) {
      beginCheckpoint(applied);
    }
    if (wait) {
      try {
        forcing.join();
        if (isBehind()) {
          beginCheckpoint(applied);
          forcing.join();
        }
      } catch (CompletionException e) {
        throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
      }
    }
    return durable;
  }

  @Override
  public synchronized Applied install(Member from, Applied atLeast) throws IOException {
    forcing.exceptionally(failed -> null).join();
    PeerShard peer = new PeerShard(from, number, fetchedBytes::addAndGet);
    try {
      Checkpoint at = new SnapshotInstallation(shard, disk, incoming, peer).run(atLeast.index());
      applied = new Applied(at.term(), at.index());
    } finally {
      touched.removeIf(writer -> shard.find(writer.log().name()) != writer);
    }
    durable = applied;
    onDefaults.run();
    return applied;
  }

  @Override
  public List<String> damaged() {
    return List.copyOf(shard.damaged());
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
    String why = writer == null ? shard.unavailable().get(name) : writer.log().failure();
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
    if (failure != null || !shard.damaged().isEmpty()) {
      throw new Rejection.NotReady(
          failure == null ? "these logs are damaged: " + shard.damaged() : "the disk failed");
    }
    return shard.outline(new Checkpoint(applied.term(), applied.index()));
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

  private boolean isBehind() {
    return failure == null && durable.index() < applied.index() && !shard.isHindered();
  }

  private synchronized void beginCheckpoint(Applied at) throws IOException {
    List<Path> files = new ArrayList<>();
    try {
      for (LogWriter writer : touched) {
        files.addAll(writer.mark());
      }
    } catch (IOException e) {
      fail(e);
      throw e;
    }
    touched.clear();
    LogSettings defaults = shard.patchedDefaults(); // Entries that come meanwhile may change them.
    Set<String> damaged = shard.damaged(); // They have nothing of what was applied.
    forcing =
        CompletableFuture.runAsync(() -> finishCheckpoint(at, defaults, damaged, files), forcer);
  }

  private void finishCheckpoint(
      Applied at, LogSettings defaults, Set<String> damaged, List<Path> files) {
    try {
      for (Path file : files) {
        force(file);
      }
      shard.writeCheckpoint(new Checkpoint(at.term(), at.index()), defaults, damaged);
      durable = at;
    } catch (IOException e) {
      fail(e);
      throw new CompletionException(e);
    }
  }

  private void force(Path path) throws IOException {
    try (DiskFile file = disk.openForReading(path)) {
      file.force();
    } catch (NoSuchFileException e) {
      // Trimmed or deleted meanwhile: what did that was forced itself.
    }
  }

  private void fail(Exception e) {
    failure = e;
  }

  private static Rejection lost() {
    return new Rejection.NoLeader("the disk of the node that led failed");
  }
}

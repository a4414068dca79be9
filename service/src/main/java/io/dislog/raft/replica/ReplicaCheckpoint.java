package io.dislog.raft.replica;

import io.dislog.command.LogSettings;
import io.dislog.disk.Disk;
import io.dislog.disk.DiskFile;
import io.dislog.raft.base.Applied;
import io.dislog.shard.LogWriter;
import io.dislog.shard.Shard;
import io.dislog.state.Checkpoint;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Makes what a shard's entries did durable, in this order: (1) each log that was written to gets a
 * mark in its journal, by the applying thread; (2) the files of these logs are forced, beside it;
 * (3) the shard's own journal names the entry durably, and the logs that do not have it because
 * they are damaged: those get no commands any more, and are refused from then on. A crash before
 * (3) leaves the checkpoint before it in force, and logs whose marks are newer skip the commands
 * that they already have.
 *
 * <p>For the thread that applies entries; {@link #durable} and {@link #isUnderWay} for any.
 */
final class ReplicaCheckpoint {

  private final Shard shard;
  private final Disk disk;
  private final Executor forcer;
  private final Consumer<Exception> onFailure;
  private final Set<LogWriter> touched = new LinkedHashSet<>();
  private volatile CompletableFuture<Void> forcing = CompletableFuture.completedFuture(null);
  private volatile Applied durable;

  /**
   * @param forcer runs forces beside the applying thread
   * @param onFailure is told why the replica's state is good for nothing any more
   */
  ReplicaCheckpoint(Shard shard, Disk disk, Executor forcer, Consumer<Exception> onFailure) {
    this.shard = shard;
    this.disk = disk;
    this.forcer = forcer;
    this.onFailure = onFailure;
    this.durable = new Applied(shard.checkpoint().term(), shard.checkpoint().index());
  }

  /** The logs that were written to since the last one. */
  Set<LogWriter> touched() {
    return touched;
  }

  /** Up to where all is durable. */
  Applied durable() {
    return durable;
  }

  boolean isUnderWay() {
    return !forcing.isDone();
  }

  /** Begins one, after an entry. */
  void begin(Applied at) throws IOException {
    List<Path> files = new ArrayList<>();
    try {
      for (LogWriter writer : touched) {
        files.addAll(writer.mark());
      }
    } catch (IOException e) {
      onFailure.accept(e);
      throw e;
    }
    touched.clear();
    LogSettings defaults = shard.patchedDefaults(); // Entries that come meanwhile may change them.
    Set<String> refused = shard.damaged().refused(); // They have nothing of what was applied.
    forcing = CompletableFuture.runAsync(() -> finish(at, defaults, refused, files), forcer);
  }

  /** Waits for the one that is under way; throws what it failed with. */
  void await() throws IOException {
    try {
      forcing.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    }
  }

  /**
   * Waits for the one that is under way, whatever becomes of it, and forgets logs that are gone.
   */
  void settle() {
    forcing.exceptionally(failed -> null).join();
    touched.removeIf(writer -> shard.find(writer.log().name()) != writer);
  }

  /** All is durable up to here, and was made so by another way. */
  void reached(Applied at) {
    durable = at;
  }

  private void finish(Applied at, LogSettings defaults, Set<String> refused, List<Path> files) {
    try {
      for (Path file : files) {
        force(file);
      }
      shard.writeCheckpoint(new Checkpoint(at.term(), at.index()), defaults, refused);
      durable = at;
    } catch (IOException e) {
      onFailure.accept(e);
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
}

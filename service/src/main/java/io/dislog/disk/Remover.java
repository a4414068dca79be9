package io.dislog.disk;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Deletes large files, and folders with large files in them, without holding anybody up. Safe for
 * use by many threads.
 *
 * <p>To unlink a large file frees all its blocks in one transaction of the file system, for which
 * every force on it waits, and which a device that is told of free blocks takes its time for. So a
 * large file loses a piece at a time, with pauses, on a thread of its own:
 *
 * <ol>
 *   <li>The file is renamed, so that what is cut is never taken for what it was.
 *   <li>The folder is forced.
 *   <li>The file is cut, piece by piece, and deleted.
 * </ol>
 *
 * <p>A crash before (2) leaves the whole file under one name or the other; after it, under the
 * second one, which whoever opens the folder next has deleted by {@link #removeLeft}. A file that
 * has another name besides, as a copy of links has, is not cut: the bytes are not this one's alone.
 */
public final class Remover implements AutoCloseable {

  private static final System.Logger LOGGER = System.getLogger(Remover.class.getName());
  private static final long USUAL_PIECE_BYTES = 8 << 20;
  private static final long USUAL_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** With less room than this, what is deleted is wanted more than an even pace. */
  private static final long SHORT_OF_ROOM_BYTES = 1L << 30;

  private final Disk disk;
  private final long pieceBytes;
  private final long pauseNanos;
  private final Executor thread;
  private final @Nullable ExecutorService own;
  private final AtomicLong leaving = new AtomicLong();
  private volatile boolean closing;

  /** Has a thread of its own while there is something to do. */
  public Remover(Disk disk) {
    ThreadPoolExecutor single =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("remover").daemon().factory());
    single.allowCoreThreadTimeOut(true);
    this.disk = disk;
    this.pieceBytes = USUAL_PIECE_BYTES;
    this.pauseNanos = USUAL_PAUSE_NANOS;
    this.thread = single;
    this.own = single;
  }

  /**
   * Cuts at its caller's pace.
   *
   * @param pieceBytes by which a file is cut
   * @param thread where it is
   */
  public Remover(Disk disk, long pieceBytes, Executor thread) {
    this.disk = disk;
    this.pieceBytes = pieceBytes;
    this.pauseNanos = 0;
    this.thread = thread;
    this.own = null;
  }

  /** Bytes of files that are being deleted and are not free yet. */
  public long leavingBytes() {
    return leaving.get();
  }

  /**
   * Deletes a file that nobody reads.
   *
   * @param removed its name while it is being deleted, in the same folder
   */
  public void remove(Path file, Path removed) throws IOException {
    long size;
    try {
      size = disk.names(file) > 1 ? 0 : size(file);
    } catch (NoSuchFileException e) {
      return; // Whoever took back what was begun has deleted it.
    }
    if (size <= pieceBytes) {
      disk.delete(file);
      return;
    }
    disk.rename(file, removed);
    later(
        removed,
        size,
        () -> {
          disk.forceFolder(folderOf(removed));
          cutAndDelete(removed);
        });
  }

  /** Deletes what {@link #remove} had begun to delete when the process ended. */
  public void removeLeft(Path removed) {
    later(removed, 0, () -> cutAndDelete(removed));
  }

  /**
   * Deletes a folder of files, or whatever else is there, once its name is durably another; before
   * this returns, unless that may take long.
   */
  public void removeAll(Path path) {
    attempt(
        path,
        () -> {
          Map<Path, Long> large = large(path);
          if (large.isEmpty()) {
            disk.deleteAll(path);
          } else {
            long size = large.values().stream().mapToLong(Long::longValue).sum();
            later(path, size, () -> removeAll(path, large.keySet()));
          }
        });
  }

  /** Deletes whatever is in a folder, and leaves that; see {@link #removeAll}. */
  public void empty(Path folder) throws IOException {
    for (String left : disk.list(folder)) {
      removeAll(folder.resolve(left));
    }
  }

  /** Ends what is under way, soon; the rest is done after the next start. */
  @Override
  public void close() {
    closing = true;
    if (own != null) {
      own.close();
    }
  }

  private void removeAll(Path folder, Collection<Path> large) throws IOException {
    for (Path file : large) {
      cutAndDelete(file);
    }
    if (!closing) {
      disk.deleteAll(folder);
    }
  }

  /** The files in a folder that are not deleted at once, and their sizes. */
  private Map<Path, Long> large(Path folder) throws IOException {
    Map<Path, Long> large = new LinkedHashMap<>();
    try {
      for (String name : disk.list(folder)) {
        Path file = folder.resolve(name);
        long size = size(file);
        if (size > pieceBytes) {
          large.put(file, size);
        }
      }
    } catch (StrangeFileException e) {
      return large; // No folder.
    }
    return large;
  }

  private void later(Path path, long bytes, Removal removal) {
    leaving.addAndGet(bytes);
    thread.execute(() -> {
      attempt(path, removal);
      leaving.addAndGet(-bytes);
    });
  }

  private long size(Path path) throws IOException {
    try (DiskFile file = disk.openForReading(path)) {
      return file.size();
    } catch (StrangeFileException e) {
      return 0; // What is no file is unlinked as it is.
    }
  }

  private void cutAndDelete(Path path) throws IOException {
    if (disk.names(path) == 1) {
      try (DiskFile file = disk.open(path)) {
        for (long size = file.size() - pieceBytes; size > 0; size -= pieceBytes) {
          if (closing) {
            return;
          }
          file.truncate(size);
          pause(path);
        }
      }
    }
    disk.delete(path);
  }

  private void pause(Path path) throws IOException {
    if (pauseNanos > 0 && disk.usableBytes(folderOf(path)) > SHORT_OF_ROOM_BYTES) {
      LockSupport.parkNanos(pauseNanos);
    }
  }

  private static void attempt(Path path, Removal removal) {
    try {
      removal.run();
    } catch (NoSuchFileException e) {
      // Its folder was moved away meanwhile, to be deleted as a whole.
    } catch (IOException | RuntimeException e) {
      LOGGER.log(
          Level.WARNING,
          "{0} can''t be deleted, which is tried again at the next start: {1}",
          path,
          e.toString());
    }
  }

  private static Path folderOf(Path path) {
    Path folder = path.getParent();
    return folder == null ? path : folder;
  }

  private interface Removal {
    void run() throws IOException;
  }
}

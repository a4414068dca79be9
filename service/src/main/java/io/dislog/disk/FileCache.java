package io.dislog.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A disk of which any number of files can be in use, and a bounded number have a descriptor: one
 * that was not used for long gives up its own, and gets another when it is used again. Safe for use
 * by many threads.
 *
 * <p>The bound gives way where all files are used at the same moment; what the process has in truth
 * is known when the system refuses. Then a file that is idle gives up its descriptor; where none
 * is, one is waited for, since half a change is worse than a late one. Who {@link DiskFile#hold}s
 * begins with nothing, and is refused at once.
 */
public final class FileCache implements Disk {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final int EVICTIONS_TRIED = 64;

  /** So many idle files are passed over to find one that need not be forced first. */
  private static final int DIRTY_PASSED = 64;

  private final Disk disk;
  private final int capacity;
  private final long patienceNanos;
  private final LinkedHashSet<CachedFile> open = new LinkedHashSet<>();
  private final Set<Path> failed = ConcurrentHashMap.newKeySet();

  /**
   * @param capacity how many files may have a descriptor while nobody uses them
   */
  public FileCache(Disk disk, int capacity) {
    this(disk, capacity, PATIENCE);
  }

  /**
   * @param patience how long a descriptor is waited for
   */
  FileCache(Disk disk, int capacity, Duration patience) {
    this.disk = disk;
    this.capacity = capacity;
    this.patienceNanos = patience.toNanos();
  }

  /** How many files have a descriptor. */
  public int size() {
    synchronized (open) {
      return open.size();
    }
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    return new CachedFile(this, file, true).begin(() -> disk.create(file));
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return new CachedFile(this, file, true).begin(() -> disk.open(file));
  }

  @Override
  public DiskFile openForReading(Path file) throws IOException {
    return new CachedFile(this, file, false).begin(() -> disk.openForReading(file));
  }

  @Override
  public List<String> list(Path folder) throws IOException {
    return withDescriptor(() -> disk.list(folder), true);
  }

  @Override
  public boolean exists(Path path) {
    return disk.exists(path);
  }

  @Override
  public void createFolders(Path folder) throws IOException {
    var _ =
        withDescriptor(
            () -> {
              disk.createFolders(folder);
              return folder;
            },
            true);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    disk.rename(from, to);
  }

  @Override
  public void link(Path file, Path name) throws IOException {
    disk.link(file, name);
  }

  @Override
  public void delete(Path path) throws IOException {
    disk.delete(path);
  }

  @Override
  public void deleteAll(Path path) throws IOException {
    var _ =
        withDescriptor(
            () -> {
              disk.deleteAll(path);
              return path;
            },
            true);
  }

  @Override
  public int names(Path file) throws IOException {
    return disk.names(file);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    var _ =
        withDescriptor(
            () -> {
              disk.forceFolder(folder);
              return folder;
            },
            true);
  }

  @Override
  public long usableBytes(Path path) throws IOException {
    return withDescriptor(() -> disk.usableBytes(path), true);
  }

  @Override
  public long totalBytes(Path path) throws IOException {
    return withDescriptor(() -> disk.totalBytes(path), true);
  }

  /** Gives a file a descriptor, by whatever opens it. */
  DiskFile opened(CachedFile file, Opening<DiskFile> opening, boolean patiently)
      throws IOException {
    boolean room = true;
    while (room && size() >= capacity) {
      room = evictOne();
    }
    DiskFile opened = withDescriptor(opening, patiently);
    synchronized (open) {
      open.addLast(file);
    }
    return opened;
  }

  /** Gives a file a descriptor again. */
  DiskFile reopened(CachedFile file, boolean patiently) throws IOException {
    Path path = file.path();
    return opened(
        file, () -> file.writes() ? disk.open(path) : disk.openForReading(path), patiently);
  }

  /** A file has given up its descriptor. */
  void evicted(CachedFile file) {
    synchronized (open) {
      open.remove(file);
    }
  }

  /** A force of this file failed: so does every other one, until who wrote to it has closed it. */
  void failed(Path path) {
    failed.add(path);
  }

  /**
   * @throws IOException where a force of this file failed
   */
  void checkForced(Path path) throws IOException {
    if (failed.contains(path)) {
      throw new IOException("a force of %s failed".formatted(path.getFileName()));
    }
  }

  /** A file is used no more. */
  void closed(CachedFile file, boolean wasFailed) {
    evicted(file);
    if (wasFailed) {
      failed.remove(file.path());
    }
  }

  private <T> T withDescriptor(Opening<T> opening, boolean patiently) throws IOException {
    long start = System.nanoTime();
    while (true) {
      try {
        return opening.run();
      } catch (TooManyFilesException e) {
        if (!evictOne()) {
          if (!patiently || System.nanoTime() - start > patienceNanos) {
            throw e;
          }
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    }
  }

  private boolean evictOne() {
    for (int tried = 0; tried < EVICTIONS_TRIED; tried++) {
      CachedFile victim = victim();
      if (victim == null) {
        return false;
      }
      if (victim.evict()) {
        return true;
      }
    }
    return false;
  }

  /** The next idle file in turn, one that is clean if it can be; null where there is none. */
  private @Nullable CachedFile victim() {
    synchronized (open) {
      CachedFile dirty = null;
      int idle = 0;
      for (int looked = 2 * open.size(); looked > 0 && idle < DIRTY_PASSED; looked--) {
        CachedFile next = open.removeFirst();
        open.addLast(next);
        if (next.isIdle()) {
          if (!next.isDirty()) {
            return next;
          }
          dirty = dirty == null ? next : dirty;
          idle++;
        }
      }
      return dirty;
    }
  }

  /** What needs a descriptor. */
  interface Opening<T> {
    T run() throws IOException;
  }
}

package io.dislog.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A file that has a descriptor while it is used, and for as long as {@link FileCache} has room;
 * otherwise the next use opens it again.
 *
 * <p>A force that fails is final, whoever asked for it: the system tells of pages that it could not
 * write once, to those who have the file open then, and takes them for written. So what was written
 * is forced before its descriptor is given up, and where that fails, nothing is written or forced
 * any more.
 *
 * <p>Safe for readers beside one writer.
 */
final class CachedFile implements DiskFile {

  private static final int NONE_OPEN = -1;

  private final FileCache cache;
  private final Path path;
  private final boolean writes;

  /** Held while a descriptor comes or goes; who evicts only tries, so that nobody waits in turn. */
  private final ReentrantLock opening = new ReentrantLock();

  /** How many use the descriptor, or {@link #NONE_OPEN}. */
  private final AtomicInteger users = new AtomicInteger(NONE_OPEN);

  private volatile @Nullable DiskFile open;
  private volatile boolean recentlyUsed;
  private volatile boolean dirty;
  private volatile boolean closed;
  private volatile @Nullable IOException failure;

  CachedFile(FileCache cache, Path path, boolean writes) {
    this.cache = cache;
    this.path = path;
    this.writes = writes;
  }

  Path path() {
    return path;
  }

  /** Whether it is opened for writing, too. */
  boolean writes() {
    return writes;
  }

  /** Opens it, or creates it, for the first time. */
  CachedFile begin(FileCache.Opening<DiskFile> first) throws IOException {
    open = cache.opened(this, first, true);
    recentlyUsed = true;
    users.set(0);
    return this;
  }

  @Override
  public int read(ByteBuffer to, long position) throws IOException {
    return with(file -> file.read(to, position));
  }

  @Override
  public void write(ByteBuffer from, long position) throws IOException {
    checkFailure();
    var _ =
        with(file -> {
          dirty = true;
          file.write(from, position);
          return position;
        });
  }

  @Override
  public void truncate(long size) throws IOException {
    checkFailure();
    var _ =
        with(file -> {
          dirty = true;
          file.truncate(size);
          return size;
        });
  }

  @Override
  public void force() throws IOException {
    checkFailure();
    cache.checkForced(path);
    var _ =
        with(file -> {
          force(file);
          return path;
        });
    cache.checkForced(path); // Another may have been told of what this force was not.
  }

  @Override
  public long size() throws IOException {
    return with(DiskFile::size);
  }

  @Override
  public ByteBuffer map(long size) throws IOException {
    return with(file -> file.map(size));
  }

  @Override
  public void hold() throws IOException {
    var _ = use(false);
  }

  @Override
  public void letGo() {
    leave();
  }

  @Override
  public void close() {
    opening.lock();
    try {
      closed = true;
      cache.closed(this, failure != null);
      closeNow();
    } finally {
      opening.unlock();
    }
  }

  /** Whether nobody used it since this was asked the last time. */
  boolean isIdle() {
    boolean idle = !recentlyUsed && users.get() == 0;
    recentlyUsed = false;
    return idle;
  }

  /** Whether giving its descriptor up takes a force. */
  boolean isDirty() {
    return dirty;
  }

  /** Gives its descriptor up, unless it is used. */
  boolean evict() {
    if (!opening.tryLock()) {
      return false;
    }
    try {
      if (!users.compareAndSet(0, NONE_OPEN)) {
        return false;
      }
      if (dirty && failure == null) {
        forceLast(Objects.requireNonNull(open));
      }
      giveUp();
      cache.evicted(this);
      return true;
    } finally {
      opening.unlock();
    }
  }

  /** By a thread that nobody interrupts, which would leave unknown whether the force failed. */
  private void forceLast(DiskFile file) {
    CompletableFuture.runAsync(
            () -> {
              try {
                force(file);
              } catch (IOException e) {
                // Whoever writes or forces next is told.
              }
            },
            Thread::startVirtualThread)
        .join();
  }

  private void force(DiskFile file) throws IOException {
    dirty = false; // First: what is written meanwhile waits for the next force.
    try {
      file.force();
    } catch (IOException e) {
      failure = e;
      cache.failed(path);
      throw e;
    }
  }

  private void checkFailure() throws IOException {
    IOException failed = failure;
    if (failed != null) {
      throw new IOException("a force failed before: " + failed.getMessage(), failed);
    }
  }

  private <T> T with(Use<T> use) throws IOException {
    DiskFile file = use(true);
    try {
      return use.of(file);
    } finally {
      leave();
    }
  }

  private DiskFile use(boolean patiently) throws IOException {
    while (true) {
      int now = users.get();
      if (now == NONE_OPEN) {
        reopen(patiently);
      } else if (users.compareAndSet(now, now + 1)) {
        if (!recentlyUsed) {
          recentlyUsed = true;
        }
        return Objects.requireNonNull(open);
      }
    }
  }

  private void leave() {
    if (users.decrementAndGet() == 0 && closed) {
      closeNow();
    }
  }

  private void closeNow() {
    opening.lock();
    try {
      if (users.compareAndSet(0, NONE_OPEN)) {
        giveUp();
      }
    } finally {
      opening.unlock();
    }
  }

  private void reopen(boolean patiently) throws IOException {
    opening.lock();
    try {
      if (closed) {
        throw new ClosedChannelException();
      }
      if (users.get() == NONE_OPEN) {
        open = cache.reopened(this, patiently);
        users.set(0);
      }
    } finally {
      opening.unlock();
    }
  }

  /** Nothing is lost by it: what is to last was forced. */
  private void giveUp() {
    try (DiskFile _ = open) {
      open = null;
    } catch (IOException e) {
      // The system has taken the descriptor back all the same.
    }
  }

  /** Uses the descriptor. */
  private interface Use<T> {
    T of(DiskFile file) throws IOException;
  }
}

package io.dislog.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** The machine's disk, with its forces counted and its free space as the test says. */
public final class WatchedDisk implements Disk {

  private final Disk disk = new LocalDisk();
  private final AtomicInteger storeForces = new AtomicInteger();
  private final AtomicInteger otherForces = new AtomicInteger();
  private final ReentrantLock forcing = new ReentrantLock();
  private final AtomicInteger largestTransfer = new AtomicInteger();
  private volatile long usable = Long.MAX_VALUE;
  private volatile long total = Long.MAX_VALUE;

  /** Forces of store files since the last call. */
  public int storeForces() {
    return storeForces.getAndSet(0);
  }

  /** Forces of all other files and folders since the last call. */
  public int otherForces() {
    return otherForces.getAndSet(0);
  }

  /** The most bytes that were read or written at once. */
  public int largestTransfer() {
    return largestTransfer.get();
  }

  /** A force waits while a test holds this. */
  public ReentrantLock forcing() {
    return forcing;
  }

  /** Says how large the disk is. */
  public void hold(long bytes) {
    total = bytes;
  }

  /** Says how many bytes are free. */
  public void free(long bytes) {
    usable = bytes;
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    return new WatchedFile(disk.create(file), counter(file));
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return new WatchedFile(disk.open(file), counter(file));
  }

  @Override
  public DiskFile openForReading(Path file) throws IOException {
    return disk.openForReading(file);
  }

  @Override
  public List<String> list(Path folder) throws IOException {
    return disk.list(folder);
  }

  @Override
  public boolean exists(Path path) {
    return disk.exists(path);
  }

  @Override
  public void createFolders(Path folder) throws IOException {
    disk.createFolders(folder);
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
  public int names(Path file) throws IOException {
    return disk.names(file);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    otherForces.incrementAndGet();
    disk.forceFolder(folder);
  }

  @Override
  public long usableBytes(Path path) {
    return usable;
  }

  @Override
  public long totalBytes(Path path) {
    return total;
  }

  private AtomicInteger counter(Path file) {
    return file.toString().endsWith(".store") ? storeForces : otherForces;
  }

  private final class WatchedFile implements DiskFile {

    private final DiskFile file;
    private final AtomicInteger forces;

    WatchedFile(DiskFile file, AtomicInteger forces) {
      this.file = file;
      this.forces = forces;
    }

    @Override
    public int read(ByteBuffer to, long position) throws IOException {
      largestTransfer.accumulateAndGet(to.remaining(), Math::max);
      return file.read(to, position);
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
      largestTransfer.accumulateAndGet(from.remaining(), Math::max);
      file.write(from, position);
    }

    @Override
    public void force() throws IOException {
      forces.incrementAndGet();
      forcing.lock();
      try {
        file.force();
      } finally {
        forcing.unlock();
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      file.truncate(size);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public ByteBuffer map(long size) throws IOException {
      return file.map(size);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}

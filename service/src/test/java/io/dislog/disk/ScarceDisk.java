package io.dislog.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Another disk, of which so many files and folders can be open at the same time as a test says. */
public final class ScarceDisk implements Disk {

  private final Disk disk;
  private int limit;
  private int open;
  private int most;

  public ScarceDisk(Disk disk, int limit) {
    this.disk = disk;
    this.limit = limit;
  }

  /** A cache of its files that waits for nobody. */
  public FileCache cached(int capacity) {
    return new FileCache(this, capacity, Duration.ZERO);
  }

  /** Allows another number; what is open stays so. */
  public synchronized void allow(int newLimit) {
    limit = newLimit;
  }

  /** How many were open at the same time at most. */
  public synchronized int most() {
    return most;
  }

  private synchronized void take() throws IOException {
    if (open >= limit) {
      throw new TooManyFilesException("the test has no file descriptor left");
    }
    most = Math.max(most, ++open);
  }

  private synchronized void giveBack() {
    open--;
  }

  private DiskFile file(Opening opening) throws IOException {
    take();
    try {
      return new ScarceFile(opening.run());
    } catch (IOException e) {
      giveBack();
      throw e;
    }
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    return file(() -> disk.create(file));
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return file(() -> disk.open(file));
  }

  @Override
  public DiskFile openForReading(Path file) throws IOException {
    return file(() -> disk.openForReading(file));
  }

  @Override
  public List<String> list(Path folder) throws IOException {
    take();
    giveBack();
    return disk.list(folder);
  }

  @Override
  public boolean exists(Path path) {
    return disk.exists(path);
  }

  @Override
  public void createFolders(Path folder) throws IOException {
    take();
    giveBack();
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
    take();
    giveBack();
    disk.forceFolder(folder);
  }

  @Override
  public long totalBytes(Path path) throws IOException {
    return disk.totalBytes(path);
  }

  @Override
  public long usableBytes(Path path) throws IOException {
    return disk.usableBytes(path);
  }

  private interface Opening {
    DiskFile run() throws IOException;
  }

  private final class ScarceFile implements DiskFile {

    private final DiskFile file;
    private boolean closed;

    ScarceFile(DiskFile file) {
      this.file = file;
    }

    @Override
    public int read(ByteBuffer to, long position) throws IOException {
      return file.read(to, position);
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
      file.write(from, position);
    }

    @Override
    public void force() throws IOException {
      file.force();
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
      if (!closed) {
        closed = true;
        giveBack();
        file.close();
      }
    }
  }
}

package io.dislog.disk;

import io.dislog.disk.Fault.Kind;
import io.dislog.disk.Fault.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * A disk in memory that fails, fills up, tears a write or loses power at a given operation, and
 * knows what was forced onto it.
 *
 * <p>After a power cut each name that its folder's force did not make durable, and each sector of
 * 512 bytes and each size that its file's force did not, is as it was or as it had become. Writes
 * through a map are writes of its file. After a force that failed, what waited is lost or not, and
 * the next force does not bring it. Operations are all calls but those that only look.
 */
public final class FaultyDisk implements Disk {

  private final Random random;
  private final MemoryTree tree;
  private final Deque<Fault> faults = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();
  private long operations;
  private long usableBytes = 1L << 40;
  private MemoryTree left = new MemoryTree();
  private boolean off;
  private boolean paused;

  public FaultyDisk(long seed) {
    this(new Random(seed), new MemoryTree());
  }

  private FaultyDisk(Random random, MemoryTree tree) {
    this.random = random;
    this.tree = tree;
  }

  /** Plans a fault; several come in turn. */
  public synchronized void plan(Fault fault) {
    faults.add(fault);
  }

  /** How many of the planned faults are still to come. */
  public synchronized int faultsLeft() {
    return faults.size();
  }

  /** While paused, operations are not counted and nothing goes wrong. */
  public synchronized void pause(boolean now) {
    paused = now;
  }

  public synchronized void setUsableBytes(long bytes) {
    usableBytes = bytes;
  }

  public synchronized long operations() {
    return operations;
  }

  public synchronized boolean isOff() {
    return off;
  }

  /** The last operations, the latest at the end. */
  public synchronized List<String> history() {
    return done.subList(Math.max(0, done.size() - 60), done.size());
  }

  public synchronized void cutPower() {
    if (!off) {
      off = true;
      left = tree.afterPowerCut(random);
    }
  }

  /** The disk as it is found when the power is back. */
  public synchronized FaultyDisk afterPowerCut() {
    cutPower();
    return new FaultyDisk(random, left);
  }

  public synchronized List<Path> files() {
    return tree.files();
  }

  public synchronized byte[] content(Path path) throws IOException {
    return tree.existing(path).content();
  }

  /** Puts a file there that is as durable as if it had always been there. */
  public synchronized void put(Path path, byte[] content) throws IOException {
    MemoryFile file = new MemoryFile();
    file.write(ByteBuffer.wrap(content), 0);
    file.force();
    tree.store(path, file);
  }

  @Override
  public synchronized DiskFile create(Path file) throws IOException {
    change("create", file, true, () -> {});
    return new Handle(file, tree.create(file));
  }

  @Override
  public synchronized DiskFile open(Path file) throws IOException {
    checkPower();
    return new Handle(file, tree.existing(file));
  }

  @Override
  public DiskFile openForReading(Path file) throws IOException {
    return open(file);
  }

  @Override
  public synchronized List<String> list(Path folder) throws IOException {
    checkPower();
    return tree.list(folder);
  }

  @Override
  public synchronized boolean exists(Path path) {
    return tree.exists(path);
  }

  @Override
  public synchronized void createFolders(Path folder) throws IOException {
    if (!tree.exists(folder)) {
      createFolders(MemoryTree.parent(folder));
      change("createFolders", folder, true, () -> {});
      tree.createFolders(folder);
      tree.force(MemoryTree.parent(folder));
    }
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    change("rename", to, false, () -> tree.rename(from, to));
  }

  @Override
  public synchronized void link(Path file, Path name) throws IOException {
    change("link", name, false, () -> tree.link(file, name));
  }

  @Override
  public synchronized void delete(Path path) throws IOException {
    change("delete", path, false, () -> tree.delete(path));
  }

  @Override
  public synchronized int names(Path file) throws IOException {
    return tree.names(file);
  }

  @Override
  public synchronized void forceFolder(Path folder) throws IOException {
    change("forceFolder", folder, false, () -> tree.force(folder));
  }

  @Override
  public synchronized long usableBytes(Path path) {
    return usableBytes;
  }

  @Override
  public long totalBytes(Path path) {
    return Long.MAX_VALUE;
  }

  private void checkPower() throws IOException {
    if (off) {
      throw new IOException("the power is off");
    }
  }

  /** Runs an operation that either happens or does not. */
  private void change(String what, Path path, boolean needsRoom, Change change) throws IOException {
    Outcome outcome = begin(what, path, needsRoom);
    if (outcome == Outcome.TORN && random.nextBoolean()) {
      change.run();
    }
    end(outcome);
    change.run();
  }

  private Outcome begin(String what, Path path, boolean needsRoom) throws IOException {
    checkPower();
    if (paused) {
      return Outcome.GOOD;
    }
    operations++;
    Outcome outcome = outcome(needsRoom);
    done.add(operations + " " + what + " " + path + (outcome == Outcome.GOOD ? "" : " " + outcome));
    if (outcome == Outcome.NO_POWER) {
      cutPower();
      throw new IOException("the power is off");
    }
    return outcome;
  }

  private Outcome outcome(boolean needsRoom) {
    Fault next = faults.peek();
    if (next == null || operations < next.at() || (next.kind() == Kind.FULL && !needsRoom)) {
      return Outcome.GOOD;
    }
    if (next.kind() != Kind.FULL || operations >= next.until()) {
      faults.remove();
    }
    return Outcome.of(next.kind());
  }

  private void end(Outcome outcome) throws IOException {
    switch (outcome) {
      case GOOD -> {}
      case FAILED -> throw new IOException("the disk failed");
      case FULL -> throw new StorageFullException("the disk is full");
      case TORN, NO_POWER -> {
        cutPower();
        throw new IOException("the power is off");
      }
    }
  }

  private final class Handle implements DiskFile {
    private final Path path;
    private final MemoryFile file;

    Handle(Path path, MemoryFile file) {
      this.path = path;
      this.file = file;
    }

    @Override
    public int read(ByteBuffer to, long position) throws IOException {
      synchronized (FaultyDisk.this) {
        checkPower();
        return file.read(to, position);
      }
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
      synchronized (FaultyDisk.this) {
        int size = from.remaining();
        Outcome outcome = begin("write " + size, path, position + size > file.size());
        if (outcome == Outcome.FAILED || outcome == Outcome.FULL) {
          from.limit(from.position() + random.nextInt(size + 1));
        }
        file.write(from, position);
        end(outcome);
      }
    }

    @Override
    public void force() throws IOException {
      synchronized (FaultyDisk.this) {
        Outcome outcome = begin("force", path, false);
        if (outcome == Outcome.FAILED) {
          file.failForce(random);
        }
        end(outcome);
        file.force();
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      synchronized (FaultyDisk.this) {
        change("truncate " + size, path, false, () -> file.truncate(size));
      }
    }

    @Override
    public long size() throws IOException {
      synchronized (FaultyDisk.this) {
        checkPower();
        return file.size();
      }
    }

    @Override
    public ByteBuffer map(long size) throws IOException {
      synchronized (FaultyDisk.this) {
        change("map " + size, path, false, () -> {});
        return file.map((int) size);
      }
    }

    @Override
    public void close() {}
  }
}

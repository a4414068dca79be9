package io.dislog.journal;

import static io.dislog.journal.JournalFormat.ENTRY_HEAD_BYTES;
import static io.dislog.journal.JournalFormat.MAGIC;
import static io.dislog.journal.JournalFormat.NUMBERS;
import static io.dislog.journal.JournalFormat.SYNCED_AT;
import static io.dislog.journal.JournalFormat.SYNCED_BYTES;
import static io.dislog.journal.JournalFormat.put;
import static io.dislog.journal.JournalFormat.syncedEnd;

import io.dislog.disk.DamageException;
import io.dislog.disk.Disk;
import io.dislog.disk.DiskFile;
import io.dislog.disk.FileHeader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A small file of state changes, in two copies that take turns: when one is full, the whole state
 * is written into the other.
 *
 * <p>The files, drawn at {@link JournalFormat}, keep their size, so that changes can be written
 * where no block is free any more. The synced end is the position up to which entries were forced:
 * it is written behind them and not forced, and what is unreadable below it is damage, not a torn
 * tail.
 *
 * <p>Turning over: (1) the other file gets the state and its header; (2) it is forced; (3) this
 * file's header is wiped. A crash before (2) leaves this one in force; at most one header is sound
 * after (3), so that damage to it is not taken for such a crash.
 *
 * <p>For one thread.
 */
public final class Journal implements Closeable {

  private static final int FIRST_CAPACITY = 8 << 10;
  private static final int USUAL_CAPACITY = 256 << 10;

  private final Disk disk;
  private final Path[] paths;
  private int current;
  private DiskFile file;
  private long generation;
  private long capacity;
  private long end;
  private long writtenEnd;
  private boolean forced = true;
  private boolean held;
  private ByteBuffer pending = ByteBuffer.allocate(1 << 10);

  private Journal(Disk disk, Path[] paths, int current, DiskFile file, long generation)
      throws IOException {
    this.disk = disk;
    this.paths = paths;
    this.current = current;
    this.file = file;
    this.generation = generation;
    this.capacity = file.size();
  }

  /** Creates a journal; its files are forced, their names are not. */
  public static void create(Disk disk, Path folder, Iterable<byte[]> state) throws IOException {
    Path[] paths = paths(folder);
    try (DiskFile first = disk.create(paths[0]);
        DiskFile second = disk.create(paths[1])) {
      JournalFile.begin(first, 1, state, FIRST_CAPACITY);
      second.write(ByteBuffer.allocate(FIRST_CAPACITY), 0);
    }
  }

  /** Whether a folder has a journal. */
  public static boolean exists(Disk disk, Path folder) {
    return disk.exists(paths(folder)[0]) || disk.exists(paths(folder)[1]);
  }

  /**
   * Opens a journal and hands out its entries in order, after a crash or not.
   *
   * @param entries is given a buffer that holds its bytes no longer than the call
   * @throws DamageException where it does not hold what was forced into it
   */
  public static Journal open(Disk disk, Path folder, Consumer<ByteBuffer> entries)
      throws IOException {
    Path[] paths = paths(folder);
    Journal[] found = new Journal[paths.length];
    for (int i = 0; i < paths.length; i++) {
      found[i] = sound(disk, paths, i);
    }
    Journal newest = found[0];
    if (newest == null || (found[1] != null && found[1].generation > newest.generation)) {
      newest = found[1];
    }
    for (Journal journal : found) {
      if (journal != null && journal != newest) {
        journal.close();
      }
    }
    if (newest == null) {
      throw new DamageException(name(paths[0]), 0, "a journal, here or in its twin", "none");
    }
    newest.replay(entries);
    return newest;
  }

  /** Hands out the entries that are settled, in order, once more. */
  public void read(Consumer<ByteBuffer> entries) throws IOException {
    var _ = scan().run(entries);
  }

  /** Whether an entry of this size still fits in. */
  public boolean hasRoomFor(int size) {
    return end + pending.position() + ENTRY_HEAD_BYTES + size <= capacity;
  }

  /** Appends an entry, in memory at first; there is room for it. */
  public void append(byte[] entry) {
    int needed = ENTRY_HEAD_BYTES + entry.length;
    if (pending.remaining() < needed) {
      ByteBuffer larger =
          ByteBuffer.allocate(Math.max(pending.capacity() * 2, pending.position() + needed));
      pending = larger.put(pending.flip());
    }
    put(pending, entry, generation, end + pending.position());
  }

  /** Whether entries wait to be written. */
  public boolean isDirty() {
    return pending.position() > 0;
  }

  /** Writes what was appended, and makes it durable if asked to. */
  public void write(boolean force) throws IOException {
    if (isDirty()) {
      ByteBuffer bytes = pending.duplicate().flip();
      writtenEnd = end + bytes.remaining();
      file.write(bytes, end);
      forced = force;
      if (force) {
        file.force();
      }
    }
  }

  /** Promises what was written, where it was forced. */
  public void settle() throws IOException {
    if (isDirty()) {
      end += pending.position();
      writtenEnd = end;
      pending.clear();
      if (forced) {
        JournalFile.markSynced(file, generation, end);
      }
    }
  }

  /** Undoes what was not settled, durably: what is refused must not be there after a crash. */
  public void cutBack() throws IOException {
    pending.clear();
    if (writtenEnd > end) {
      JournalFile.zero(file, end, writtenEnd);
      file.force();
      writtenEnd = end;
    }
  }

  /** The file that entries are written to. */
  public Path file() {
    return paths[current];
  }

  /** Has the journal keep its descriptor, see {@link DiskFile#hold}; once is enough. */
  public void hold() throws IOException {
    if (!held) {
      file.hold();
      held = true;
    }
  }

  /** Ends a {@link #hold}, if there is one. */
  public void letGo() {
    if (held) {
      held = false;
      file.letGo();
    }
  }

  /** Makes all of it durable. */
  public void force() throws IOException {
    file.force();
  }

  /**
   * Writes the whole state into the other file and goes on there; between rounds.
   *
   * @param state as changes of an empty one, the same each time they are asked for
   */
  public void turnOver(Iterable<byte[]> state) throws IOException {
    boolean wasHeld = held;
    hold(); // Without a descriptor halfway through, both files would pass for the one in force.
    int other = 1 - current;
    DiskFile next = disk.exists(paths[other]) ? disk.open(paths[other]) : disk.create(paths[other]);
    long stateEnd;
    try {
      next.hold();
      stateEnd = begin(next, state);
    } catch (IOException | RuntimeException e) {
      next.close();
      if (!wasHeld) {
        letGo();
      }
      throw e;
    }
    JournalFile.wipe(file);
    JournalFile.extend(file, next.size(), 0); // While there is room: its turn comes again.
    file.letGo();
    file.close();
    file = next;
    current = other;
    generation++;
    capacity = next.size();
    end = stateEnd;
    writtenEnd = end;
    forced = true;
    if (!wasHeld) {
      letGo();
    }
  }

  /** A file that can't be begun keeps no descriptor. */
  private long begin(DiskFile next, Iterable<byte[]> state) throws IOException {
    try {
      return JournalFile.begin(next, generation + 1, state, USUAL_CAPACITY);
    } catch (IOException | RuntimeException e) {
      next.letGo();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    letGo();
    file.close();
  }

  /** One of the two files as a journal, or null where its header or its state is not sound. */
  private static @Nullable Journal sound(Disk disk, Path[] paths, int which) throws IOException {
    if (!disk.exists(paths[which])) {
      return null;
    }
    DiskFile file = disk.open(paths[which]);
    try {
      FileHeader.checkVersion(file, 0, MAGIC, paths[which]);
    } catch (IOException e) {
      file.close();
      throw e;
    }
    ByteBuffer header = ByteBuffer.allocate(SYNCED_AT);
    file.read(header, 0);
    if (FileHeader.flaw(header.flip(), MAGIC, NUMBERS) == null) {
      Journal journal = new Journal(disk, paths, which, file, FileHeader.number(header, 0));
      if (journal.scan().run(ignored -> {}) >= FileHeader.number(header, 1)) {
        return journal;
      }
    }
    file.close();
    return null;
  }

  private void replay(Consumer<ByteBuffer> entries) throws IOException {
    end = scan().run(entries);
    writtenEnd = end;
    ByteBuffer mark = ByteBuffer.allocate(SYNCED_BYTES);
    file.read(mark, SYNCED_AT);
    long synced = mark.flip().getLong(0);
    boolean sound = mark.equals(syncedEnd(generation, synced));
    if (sound && synced > end) {
      throw new DamageException(name(paths[current]), end, "entries up to " + synced, "none");
    }
    boolean wasForced = sound && synced == end;
    if (!wasForced) {
      JournalTail.writeAgain(file, end);
    }
    JournalTail.wipe(file, end, capacity);
    file.force(); // It is about to be shown.
    if (!wasForced) {
      file.write(syncedEnd(generation, end), SYNCED_AT);
    }
  }

  private JournalScan scan() {
    return new JournalScan(file, generation, capacity);
  }

  private static Path[] paths(Path folder) {
    return new Path[] {folder.resolve("state-0.journal"), folder.resolve("state-1.journal")};
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }
}

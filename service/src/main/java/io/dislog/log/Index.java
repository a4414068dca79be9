package io.dislog.log;

import io.dislog.disk.DamageException;
import io.dislog.disk.Disk;
import io.dislog.disk.DiskFile;
import io.dislog.disk.FileHeader;
import io.dislog.disk.Flaw;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The memory-mapped file that finds a segment's records: one entry a record, in offset order.
 *
 * <pre>
 *   0            16            24         32                32 + 16 n       + 80
 *   +------------+-------------+----------+-------+-------+----------+--------+
 *   | FileHeader | base offset | synced   | entry | entry | ..       | footer |
 *   +------------+-------------+----------+-------+-------+----------+--------+
 *
 *   entry:  u40 position of the frame in the store
 *           u40 bytes of the values before it in the segment
 *           u48 time in milliseconds since 1970
 * </pre>
 *
 * Where the header says 1 for synced, an entry is put only after its record was forced, so that an
 * entry found after a crash proves that its record was forced; a log that buffers says 0. The
 * active segment's index has room for entries to come, written as zeros (a sparse file on a full
 * disk would end the process when the page is touched); a sealed one is cut to size and ends in an
 * {@link IndexFooter}.
 *
 * <p>One thread puts; readers read entries that they know to be there.
 */
final class Index implements Closeable {

  static final String MAGIC = "DSLGINDX";
  static final int HEADER_BYTES = FileHeader.size(2);
  static final int ENTRY_BYTES = 16;

  /** A mapping has at most 2 GiB. */
  static final int MAX_COUNT = (Integer.MAX_VALUE - HEADER_BYTES - IndexFooter.BYTES) / ENTRY_BYTES;

  /** Room for the footer is kept, so that sealing finds it on a full disk, too. */
  private static final int FOOTER_ENTRIES = IndexFooter.BYTES / ENTRY_BYTES;

  private static final int MOST_ENTRIES = MAX_COUNT + FOOTER_ENTRIES;
  private static final int FIRST_COUNT = 1 << 10;
  private static final int MOST_GROWTH = 1 << 20;
  private static final long LOW_48_BITS = (1L << 48) - 1;

  private final DiskFile file;
  private final long baseOffset;
  private volatile ByteBuffer map;
  private boolean isSynced;
  private int count;

  private Index(DiskFile file, ByteBuffer map, int count) {
    this.file = file;
    this.map = map;
    this.baseOffset = FileHeader.number(map, 0);
    this.isSynced = FileHeader.number(map, 1) != 0;
    this.count = count;
  }

  /** Creates an empty index; its name is not durable yet. */
  static Index create(Disk disk, Path path, long baseOffset) throws IOException {
    DiskFile file = disk.create(path);
    try {
      file.write(FileHeader.encode(MAGIC, baseOffset, 1), 0);
      return new Index(file, extended(file, HEADER_BYTES, FIRST_COUNT), 0);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Opens the index of what was or will be an active segment, whatever it holds behind its header.
   *
   * @return null where its header is not sound
   */
  static @Nullable Index open(Disk disk, Path path, long baseOffset) throws IOException {
    DiskFile file = disk.open(path);
    try {
      if (headerFlaw(read(file, 0, HEADER_BYTES), baseOffset) == null) {
        long capacity = (file.size() - HEADER_BYTES) / ENTRY_BYTES;
        // No larger than it is: on a full disk, too, a log is opened and a round cut back.
        return new Index(file, file.map(size((int) Math.min(capacity, MOST_ENTRIES))), 0);
      }
    } catch (IOException e) {
      file.close();
      throw e;
    }
    file.close();
    return null;
  }

  /** Opens a sealed segment's index for reading, and checks all of it. */
  static Index openSealed(Disk disk, Path path, IndexFooter footer) throws IOException {
    try (DiskFile file = disk.openForReading(path)) {
      long size = HEADER_BYTES + (long) ENTRY_BYTES * footer.count();
      if (file.size() < size) {
        throw new DamageException(name(path), file.size(), size + " bytes of entries", "the end");
      }
      ByteBuffer map = file.map(size);
      if (checksum(map, footer.count()) != footer.entriesChecksum()) {
        throw new DamageException(name(path), HEADER_BYTES, "entries as sealed", "other bytes");
      }
      return new Index(file, map, footer.count());
    }
  }

  /** What is wrong with an index's header, or null. */
  static @Nullable Flaw headerFlaw(ByteBuffer header, long baseOffset) {
    Flaw flaw = FileHeader.flaw(header, MAGIC, 2);
    return flaw == null && FileHeader.number(header, 0) != baseOffset
        ? new Flaw("base offset " + baseOffset, String.valueOf(FileHeader.number(header, 0)))
        : flaw;
  }

  int count() {
    return count;
  }

  /** Whether an entry proves that its record was forced. */
  boolean isSynced() {
    return isSynced;
  }

  /** Says so in the header. That it is no longer so is to be forced before an entry is put. */
  void markSynced(boolean isNowSynced) throws IOException {
    file.write(FileHeader.encode(MAGIC, baseOffset, isNowSynced ? 1 : 0), 0);
    isSynced = isNowSynced;
  }

  /** Bytes of the index as it will be when it is sealed, its footer aside. */
  static long size(int count) {
    return HEADER_BYTES + (long) ENTRY_BYTES * count;
  }

  long position(int entry) {
    return map.getLong(at(entry)) >>> 24;
  }

  /** Bytes of the values that stand before this record in the segment. */
  long valueBytesBefore(int entry) {
    return map.getLong(at(entry) + 5) >>> 24;
  }

  long time(int entry) {
    return map.getLong(at(entry) + 8) & LOW_48_BITS;
  }

  /** Whether an entry, put or not, says exactly this. */
  boolean says(int entry, long position, long valueBytesBefore, long time) {
    return entry < capacity()
        && position(entry) == position
        && valueBytesBefore(entry) == valueBytesBefore
        && time(entry) == time;
  }

  /**
   * How many entries without a gap are of synced records from this one on, the first at this
   * position.
   */
  int syncedFrom(int from, long position) {
    int entry = from;
    long at = position;
    while (entry < capacity() && position(entry) >= at && (entry > from || position(entry) == at)) {
      at = position(entry) + 1;
      entry++;
    }
    return entry - from;
  }

  /** Makes room for entries to come, so that putting them can't fail. */
  void reserve(int more) throws IOException {
    int needed = count + more + FOOTER_ENTRIES;
    if (needed > capacity()) {
      int grown = Math.max(FIRST_COUNT, capacity() + Math.min(capacity(), MOST_GROWTH));
      map = extended(file, size(capacity()), Math.min(Math.max(needed, grown), MOST_ENTRIES));
    }
  }

  /** Puts the next entry, for which room was reserved. */
  void put(long position, long valueBytesBefore, long time) {
    int entry = count++;
    if (!says(entry, position, valueBytesBefore, time)) { // A page that is right stays clean.
      map.putLong(at(entry), position << 24 | valueBytesBefore >>> 16);
      map.putLong(at(entry) + 8, valueBytesBefore << 48 | time);
    }
  }

  /** Takes the first entries that the file holds for put, as they are. */
  void expose(int found) {
    count = found;
  }

  /**
   * Takes back all entries from this one on.
   *
   * @return whether there were any
   */
  boolean truncate(int newCount) {
    boolean changed = false;
    for (int at = at(newCount); at < map.limit(); at += Long.BYTES) {
      if (map.getLong(at) != 0) { // Pages that are clean stay so.
        map.putLong(at, 0);
        changed = true;
      }
    }
    count = newCount;
    return changed;
  }

  /** The first of so many entries whose time is this one or later, or their count. */
  int firstAtOrAfter(long time, int ofCount) {
    int low = 0;
    int high = ofCount;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (time(middle) < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Cuts the file to size, writes the footer and makes all of it durable. */
  IndexFooter seal(long storeSize, long valueBytes, Store.Header header) throws IOException {
    IndexFooter footer =
        new IndexFooter(
            count,
            storeSize,
            valueBytes,
            header.createdAt(),
            header.floorTime(),
            count == 0 ? -1 : time(0),
            count == 0 ? -1 : time(count - 1),
            checksum(map, count));
    file.write(footer.encode(), size(count));
    file.truncate(size(count) + IndexFooter.BYTES);
    file.force();
    return footer;
  }

  void force() throws IOException {
    file.force();
  }

  /** See {@link DiskFile#hold}. */
  void hold() throws IOException {
    file.hold();
  }

  void letGo() {
    file.letGo();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private int capacity() {
    return (map.limit() - HEADER_BYTES) / ENTRY_BYTES;
  }

  private static int at(int entry) {
    return HEADER_BYTES + ENTRY_BYTES * entry;
  }

  /** Writes zeros from a size up to a count of entries, and maps all of it. */
  private static ByteBuffer extended(DiskFile file, long from, int count) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate(64 << 10);
    for (long at = from; at < size(count); at += zeros.position()) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), size(count) - at));
      file.write(zeros, at);
    }
    return file.map(size(count));
  }

  private static int checksum(ByteBuffer map, int count) {
    CRC32C crc = new CRC32C();
    crc.update(map.duplicate().position(HEADER_BYTES).limit((int) size(count)));
    return (int) crc.getValue();
  }

  private static ByteBuffer read(DiskFile file, long position, int size) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(size);
    file.read(bytes, position);
    return bytes.flip();
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }
}

package io.dislog.log;

import io.dislog.disk.DiskFile;
import io.dislog.disk.FileHeader;
import io.dislog.disk.Flaw;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file of a segment's records: a header, then one frame after the other.
 *
 * <pre>
 *   0            16            24           32           40
 *   +------------+-------------+------------+------------+-------+-------+--
 *   | FileHeader | base offset | created at | floor time | frame | frame | ..
 *   +------------+-------------+------------+------------+-------+-------+--
 * </pre>
 *
 * The floor time is that of the record before the first one: no record here is older. One thread
 * writes; readers open the file for themselves, because the JDK closes a channel under all its
 * users when one of them is interrupted.
 */
final class Store implements Closeable {

  static final String MAGIC = "DSLGSTOR";
  static final int HEADER_BYTES = FileHeader.size(3);

  private final LogResources resources;
  private final DiskFile file;
  private final ByteBuffer oneHead = ByteBuffer.allocate(Frame.HEAD_BYTES);
  private @Nullable ByteBuffer buffer;
  private long writtenSize;

  private Store(LogResources resources, DiskFile file, long size) {
    this.resources = resources;
    this.file = file;
    this.writtenSize = size;
  }

  /** Creates a store with its header, which is forced; its name is not durable yet. */
  static Store create(LogResources resources, Path path, Header header) throws IOException {
    DiskFile file = resources.disk().create(path);
    try {
      file.write(
          FileHeader.encode(MAGIC, header.baseOffset(), header.createdAt(), header.floorTime()), 0);
      file.force();
    } catch (IOException e) {
      file.close();
      throw e;
    }
    return new Store(resources, file, HEADER_BYTES);
  }

  /**
   * Opens a store to be written on from a size on; what stands behind that is cut off.
   *
   * @param forcedSize up to where it is known to be forced; the rest is written again, for a force
   *     that failed leaves pages in the cache that no later force brings to the disk
   */
  static Store open(LogResources resources, Path path, long size, long forcedSize)
      throws IOException {
    DiskFile file = resources.disk().open(path);
    try {
      if (file.size() > size) {
        file.truncate(size);
      }
      writeAgain(file, forcedSize, size);
      file.force(); // It is about to be shown.
    } catch (IOException e) {
      file.close();
      throw e;
    }
    return new Store(resources, file, size);
  }

  private static void writeAgain(DiskFile file, long from, long to) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(to - from, 256 << 10));
    for (long at = from; at < to; at += bytes.limit()) {
      bytes.clear().limit((int) Math.min(bytes.capacity(), to - at));
      file.read(bytes, at);
      file.write(bytes.flip(), at);
    }
  }

  /** What is wrong with the header of a store, or null. */
  static @Nullable Flaw headerFlaw(ByteBuffer header, long baseOffset) {
    Flaw flaw = FileHeader.flaw(header, MAGIC, 3);
    if (flaw == null && FileHeader.number(header, 0) != baseOffset) {
      return new Flaw("base offset " + baseOffset, String.valueOf(FileHeader.number(header, 0)));
    }
    return flaw;
  }

  /** Bytes of the file, those that wait in the buffer included: where the next frame will stand. */
  long size() {
    return writtenSize + (buffer == null ? 0 : buffer.position());
  }

  /** Appends a frame, to the buffer at first. */
  void append(Record record, int flags, long offset, long time) throws IOException {
    int needed = Frame.headCapacity(record);
    ByteBuffer scratch = needed <= oneHead.capacity() ? oneHead : ByteBuffer.allocate(needed);
    put(Frame.head(record, flags, offset, time, scratch));
    put(record.value().duplicate());
  }

  /** Writes what the buffer holds to the file. */
  void flush() throws IOException {
    if (buffer != null) {
      drain(buffer);
      resources.giveBack(buffer);
      buffer = null;
    }
  }

  /** Flushes, and makes all that was appended durable. */
  void force() throws IOException {
    flush();
    file.force();
  }

  /** Cuts the file back to a size durably, and forgets what the buffer holds. */
  void truncate(long size) throws IOException {
    if (buffer != null) {
      resources.giveBack(buffer);
      buffer = null;
    }
    // Even where the file should not be longer: a write that failed may have left a part of itself.
    file.truncate(size);
    file.force(); // What is refused must not be there after a crash.
    writtenSize = size;
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
    if (buffer != null) {
      resources.giveBack(buffer);
      buffer = null;
    }
    file.close();
  }

  private void put(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (buffer == null) {
        buffer = resources.takeBuffer();
      }
      int part = Math.min(bytes.remaining(), buffer.remaining());
      buffer.put(bytes.slice(bytes.position(), part));
      bytes.position(bytes.position() + part);
      if (!buffer.hasRemaining()) {
        drain(buffer);
      }
    }
  }

  private void drain(ByteBuffer full) throws IOException {
    int size = full.flip().remaining();
    if (size > 0) {
      file.write(full, writtenSize);
      writtenSize += size;
    }
    full.clear();
  }

  /**
   * What a store's header says.
   *
   * @param baseOffset of its first record
   * @param createdAt in milliseconds since 1970
   * @param floorTime no record in it is older than this, in milliseconds since 1970
   */
  record Header(long baseOffset, long createdAt, long floorTime) {

    /** Reads a sound header. */
    static Header decode(ByteBuffer header) {
      return new Header(
          FileHeader.number(header, 0), FileHeader.number(header, 1), FileHeader.number(header, 2));
    }
  }
}

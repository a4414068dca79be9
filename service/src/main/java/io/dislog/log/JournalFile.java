package io.dislog.log;

import static io.dislog.log.JournalFormat.ENTRIES_AT;
import static io.dislog.log.JournalFormat.MAGIC;
import static io.dislog.log.JournalFormat.PROMISE_AT;
import static io.dislog.log.JournalFormat.put;
import static io.dislog.log.JournalFormat.size;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * How one of a journal's two files is written. What only helps to tell damage is left out where the
 * disk has no room: a file system that copies on write wants some for every write.
 */
final class JournalFile {

  private static final int LEAST_ROOM = 4 << 10;

  private JournalFile() {}

  /** Writes a whole state durably. */
  static void begin(DiskFile to, long generation, List<byte[]> state, int usualCapacity)
      throws IOException {
    int stateSize = size(state);
    long wanted = Math.max(usualCapacity, ENTRIES_AT + stateSize * 4L);
    long stateEnd = (long) ENTRIES_AT + stateSize;
    extend(to, wanted, stateEnd + LEAST_ROOM);
    ByteBuffer bytes = ByteBuffer.allocate((int) stateEnd);
    bytes.put(FileHeader.encode(MAGIC, generation, stateEnd)).position(ENTRIES_AT);
    for (byte[] entry : state) {
      put(bytes, entry, generation, bytes.position());
    }
    try {
      to.write(bytes.flip(), 0);
    } catch (StorageFullException e) {
      to.truncate(
          0); // Any part may be in it, and its twin goes on: it must not pass for the newer.
      to.force();
      throw e;
    }
    to.force();
    promise(to, generation, stateEnd);
  }

  /** Makes the file larger, unless the disk is full and the file large enough as it is. */
  static void extend(DiskFile file, long wanted, long needed) throws IOException {
    long size = file.size();
    if (size >= wanted) {
      return;
    }
    try {
      file.write(ByteBuffer.allocate((int) (wanted - size)), size);
    } catch (StorageFullException e) {
      file.truncate(size);
      if (size < needed) {
        throw e;
      }
    }
  }

  /** Promises the entries up to a position. */
  static void promise(DiskFile in, long generation, long end) throws IOException {
    writeIfRoom(in, JournalFormat.promise(generation, end), PROMISE_AT);
  }

  /** Makes a file one that holds no journal. */
  static void wipe(DiskFile file) throws IOException {
    writeIfRoom(file, ByteBuffer.allocate(PROMISE_AT), 0);
  }

  private static void writeIfRoom(DiskFile to, ByteBuffer bytes, long position) throws IOException {
    try {
      to.write(bytes, position);
    } catch (ShortageException e) {
      // See above.
    }
  }
}

package io.dislog.journal;

import static io.dislog.journal.JournalFormat.ENTRIES_AT;
import static io.dislog.journal.JournalFormat.ENTRY_HEAD_BYTES;
import static io.dislog.journal.JournalFormat.MAGIC;
import static io.dislog.journal.JournalFormat.MAX_ENTRY_BYTES;
import static io.dislog.journal.JournalFormat.PIECE_BYTES;
import static io.dislog.journal.JournalFormat.SYNCED_AT;
import static io.dislog.journal.JournalFormat.put;
import static io.dislog.journal.JournalFormat.size;

import io.dislog.disk.DiskFile;
import io.dislog.disk.FileHeader;
import io.dislog.disk.ShortageException;
import io.dislog.disk.StorageFullException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * How one of a journal's two files is written. What only helps to tell damage is left out where the
 * disk has no room: a file system that copies on write wants some for every write.
 */
final class JournalFile {

  /** Of the entries behind a state: one command's, at least. */
  private static final int LEAST_ROOM = 8 << 10;

  private JournalFile() {}

  /**
   * Writes a whole state durably, piece by piece: it is asked for its entries twice, and takes no
   * memory that grows with them.
   *
   * @param state gives the same entries each time
   * @return the position behind the state
   */
  static long begin(DiskFile to, long generation, Iterable<byte[]> state, int usualCapacity)
      throws IOException {
    long stateSize = size(state);
    long stateEnd = ENTRIES_AT + stateSize;
    extend(to, Math.max(usualCapacity, ENTRIES_AT + stateSize * 4), stateEnd + LEAST_ROOM);
    try {
      write(to, generation, state, stateSize);
      to.write(FileHeader.encode(MAGIC, generation, stateEnd), 0);
    } catch (StorageFullException e) {
      to.truncate(
          0); // Any part may be in it, and its twin goes on: it must not pass for the newer.
      to.force();
      throw e;
    }
    to.force();
    markSynced(to, generation, stateEnd);
    return stateEnd;
  }

  private static void write(DiskFile to, long generation, Iterable<byte[]> state, long size)
      throws IOException {
    int most = PIECE_BYTES + ENTRY_HEAD_BYTES + MAX_ENTRY_BYTES;
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(most, size));
    long at = ENTRIES_AT;
    for (byte[] entry : state) {
      put(piece, entry, generation, at + piece.position());
      if (piece.position() >= PIECE_BYTES) {
        at += flush(piece, to, at);
      }
    }
    flush(piece, to, at);
  }

  private static int flush(ByteBuffer piece, DiskFile to, long at) throws IOException {
    int size = piece.flip().remaining();
    if (size > 0) {
      to.write(piece, at);
    }
    piece.clear();
    return size;
  }

  /** Makes the file larger, unless the disk is full and the file large enough as it is. */
  static void extend(DiskFile file, long wanted, long needed) throws IOException {
    long size = file.size();
    if (size >= wanted) {
      return;
    }
    try {
      zero(file, size, wanted);
    } catch (StorageFullException e) {
      file.truncate(size);
      if (size < needed) {
        throw e;
      }
    }
  }

  /** Fills a file with zeros from one position to another. */
  static void zero(DiskFile file, long from, long to) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, to - from));
    for (long at = from; at < to; at += zeros.limit()) {
      file.write(zeros.clear().limit((int) Math.min(zeros.capacity(), to - at)), at);
    }
  }

  /** Promises the entries up to a position. */
  static void markSynced(DiskFile in, long generation, long end) throws IOException {
    writeIfRoom(in, JournalFormat.syncedEnd(generation, end), SYNCED_AT);
  }

  /** Makes a file one that holds no journal. */
  static void wipe(DiskFile file) throws IOException {
    writeIfRoom(file, ByteBuffer.allocate(SYNCED_AT), 0);
  }

  private static void writeIfRoom(DiskFile to, ByteBuffer bytes, long position) throws IOException {
    try {
      to.write(bytes, position);
    } catch (ShortageException e) {
      // See above.
    }
  }
}

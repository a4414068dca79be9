package io.dislog.journal;

import static io.dislog.journal.JournalFormat.PIECE_BYTES;

import io.dislog.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What is done to a journal's file when it is opened, before it is forced; in pieces, however large
 * the file is.
 */
final class JournalTail {

  private JournalTail() {}

  /** A force that failed leaves pages in the cache that no later force brings to the disk. */
  static void writeAgain(DiskFile file, long end) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, end));
    for (long at = 0; at < end; at += piece.capacity()) {
      file.write(read(piece, file, at, end), at);
    }
  }

  /** A torn write may have left sound entries behind its gap: the next one could close it. */
  static void wipe(DiskFile file, long end, long capacity) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, capacity - end));
    for (long at = end; at < capacity; at += piece.capacity()) {
      int size = read(piece, file, at, capacity).remaining();
      while (size > 0 && piece.get(size - 1) == 0) {
        size--;
      }
      if (size > 0) {
        file.write(ByteBuffer.allocate(size), at);
      }
    }
  }

  private static ByteBuffer read(ByteBuffer piece, DiskFile file, long at, long end)
      throws IOException {
    file.read(piece.clear().limit((int) Math.min(piece.capacity(), end - at)), at);
    return piece.flip();
  }
}

package io.dislog.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What is done to a journal's file when it is opened, before it is forced. */
final class JournalTail {

  private JournalTail() {}

  /** A force that failed leaves pages in the cache that no later force brings to the disk. */
  static void writeAgain(DiskFile file, long end) throws IOException {
    ByteBuffer all = ByteBuffer.allocate((int) end);
    file.read(all, 0);
    file.write(all.flip(), 0);
  }

  /** A torn write may have left sound entries behind its gap: the next one could close it. */
  static void wipe(DiskFile file, long end, long capacity) throws IOException {
    ByteBuffer rest = ByteBuffer.allocate((int) (capacity - end));
    file.read(rest, end);
    int size = rest.position();
    while (size > 0 && rest.get(size - 1) == 0) {
      size--;
    }
    if (size > 0) {
      file.write(ByteBuffer.allocate(size), end);
    }
  }
}

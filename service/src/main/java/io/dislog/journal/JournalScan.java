package io.dislog.journal;

import static io.dislog.journal.JournalFormat.ENTRIES_AT;
import static io.dislog.journal.JournalFormat.ENTRY_HEAD_BYTES;
import static io.dislog.journal.JournalFormat.MAX_ENTRY_BYTES;
import static io.dislog.journal.JournalFormat.checksum;

import io.dislog.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entries of one of a journal's files in their order, through a window that does not grow
 * with the file. For one thread, once.
 */
final class JournalScan {

  private static final int WINDOW_BYTES = ENTRY_HEAD_BYTES + MAX_ENTRY_BYTES;

  private final DiskFile file;
  private final long generation;
  private final ByteBuffer window;
  private long at = ENTRIES_AT;

  /**
   * @param size of the file
   */
  JournalScan(DiskFile file, long generation, long size) {
    this.file = file;
    this.generation = generation;
    this.window = ByteBuffer.allocate((int) Math.min(WINDOW_BYTES, size)).limit(0);
  }

  /**
   * Hands out the entries.
   *
   * @param entries is given a buffer that holds its bytes no longer than the call
   * @return the position behind the last sound one
   */
  long run(Consumer<ByteBuffer> entries) throws IOException {
    for (ByteBuffer entry = next(); entry != null; entry = next()) {
      entries.accept(entry);
    }
    return at;
  }

  private @Nullable ByteBuffer next() throws IOException {
    if (!has(ENTRY_HEAD_BYTES)) {
      return null;
    }
    int length = window.getInt(window.position());
    if (length <= 0 || length > MAX_ENTRY_BYTES || !has(ENTRY_HEAD_BYTES + length)) {
      return null;
    }
    int sum = window.getInt(window.position() + Integer.BYTES);
    ByteBuffer entry = window.slice(window.position() + ENTRY_HEAD_BYTES, length);
    if (sum != checksum(entry.duplicate(), generation, at)) {
      return null;
    }
    window.position(window.position() + ENTRY_HEAD_BYTES + length);
    at += ENTRY_HEAD_BYTES + length;
    return entry;
  }

  /** Whether the file has so many bytes more, which are then in the window. */
  private boolean has(int bytes) throws IOException {
    if (window.remaining() < bytes) {
      window.compact();
      file.read(window, at + window.position());
      window.flip();
    }
    return window.remaining() >= bytes;
  }
}

package io.dislog.log;

import io.dislog.disk.DamageException;
import io.dislog.disk.DiskFile;
import io.dislog.disk.Flaw;
import io.dislog.disk.ShortageException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * A segment's store and index, open for readers, and which of its records this process has found to
 * be sound. Safe for use by many threads.
 */
final class SegmentFiles implements Closeable {

  /** Frames are checked in reads of at least this many bytes. */
  private static final int CHECK_BYTES = 1 << 20;

  private final String name;
  private final long baseOffset;
  private final DiskFile store;
  private final Index index;
  private final Runnable onDamage;
  private volatile Span sound = new Span(0, 0);

  /**
   * @param onDamage is told when the store does not give what it should
   */
  SegmentFiles(String name, long baseOffset, DiskFile store, Index index, Runnable onDamage) {
    this.onDamage = onDamage;
    this.name = name;
    this.baseOffset = baseOffset;
    this.store = store;
    this.index = index;
  }

  Index index() {
    return index;
  }

  /** Records up to this entry were checked when they were read in, or written by this process. */
  void trustUpTo(int entry) {
    sound = new Span(0, entry);
  }

  /** Reads a whole frame and checks it. */
  ByteBuffer frame(int entry, long position, int size) throws IOException {
    ByteBuffer frame = bytes(position, size);
    check(frame, 0, entry, position, size);
    return frame;
  }

  ByteBuffer bytes(long position, int size) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(size);
    if (read(bytes, position) < size) {
      onDamage.run();
      throw new DamageException(
          name, position, "%d bytes".formatted(size), "%d bytes".formatted(bytes.position()));
    }
    return bytes.flip();
  }

  int read(ByteBuffer to, long position) throws IOException {
    try {
      return store.read(to, position);
    } catch (ShortageException e) {
      throw e; // The file may be sound.
    } catch (IOException e) {
      onDamage.run();
      throw e;
    }
  }

  /**
   * Checks the frames of these entries, but for those that were checked before.
   *
   * @param endPosition where the last one's frame ends
   * @return the entry behind the last one that is sound
   * @throws DamageException where the first is not
   */
  int soundUntil(int from, int to, long endPosition) throws IOException {
    if (sound.covers(from, to)) {
      return to;
    }
    synchronized (this) {
      if (!sound.covers(from, from)) {
        sound = new Span(from, from);
      }
      try {
        while (sound.to() < to) {
          checkSome(sound.to(), to, endPosition);
        }
      } catch (DamageException e) {
        if (sound.to() <= from) {
          throw e;
        }
      }
      return Math.min(sound.to(), to);
    }
  }

  /** Closes what was only read, so that nothing can be lost by it. */
  @Override
  public void close() {
    try {
      store.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Checks the frames from this one on that one read brings. */
  private void checkSome(int from, int to, long endPosition) throws IOException {
    long start = index.position(from);
    int behind = from + 1;
    while (behind < to && endOf(behind, to, endPosition) - start <= CHECK_BYTES) {
      behind++;
    }
    ByteBuffer bytes = bytes(start, (int) (endOf(behind - 1, to, endPosition) - start));
    for (int entry = from; entry < behind; entry++) {
      long position = index.position(entry);
      int size = (int) (endOf(entry, to, endPosition) - position);
      check(bytes, (int) (position - start), entry, position, size);
      sound = new Span(sound.from(), entry + 1);
    }
  }

  private long endOf(int entry, int to, long endPosition) {
    return entry + 1 < to ? index.position(entry + 1) : endPosition;
  }

  private void check(ByteBuffer bytes, int at, int entry, long position, int size)
      throws IOException {
    Flaw flaw = Frame.flawAt(bytes, at, size, baseOffset + entry);
    if (flaw != null) {
      onDamage.run();
      throw new DamageException(name, position, flaw.expected(), flaw.found());
    }
  }

  /** Entries that were found to be sound, from one up to another. */
  private record Span(int from, int to) {
    boolean covers(int first, int end) {
      return from <= first && end <= to;
    }
  }
}

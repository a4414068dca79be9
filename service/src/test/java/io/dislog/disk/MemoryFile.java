package io.dislog.disk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;

/**
 * A file of {@link FaultyDisk}: what the system shows of it, what the system believes to be on the
 * disk, and what is there. The last two differ once a force has failed: the system takes the pages
 * that it could not write for written. Used under the disk's lock, but for its maps.
 */
final class MemoryFile {

  static final int SECTOR = 512;

  private byte[] shown = new byte[4 << 10];
  private int size;
  private byte[] believed = {};
  private byte[] stored = {};
  private boolean aForceFailed;

  int size() {
    return size;
  }

  byte[] content() {
    return Arrays.copyOf(shown, size);
  }

  int read(ByteBuffer to, long position) {
    int count = Math.clamp(size - position, 0, to.remaining());
    if (count > 0) {
      to.put(shown, (int) position, count);
    }
    return count;
  }

  void write(ByteBuffer from, long position) {
    int end = (int) position + from.remaining();
    makeRoom(end);
    size = Math.max(size, end);
    from.get(shown, (int) position, from.remaining());
    if (aForceFailed) {
      dirty((int) position, end);
    }
  }

  /** Sectors that are written wait for a force, also with what the system believes is stored. */
  private void dirty(int from, int to) {
    believed = Arrays.copyOf(believed, Math.max(believed.length, to));
    for (int at = from / SECTOR * SECTOR; at < to; at += SECTOR) {
      int end = Math.min(at + SECTOR, believed.length);
      Arrays.fill(believed, at, end, (byte) 0);
      int there = Math.min(end, stored.length) - at;
      if (there > 0) {
        System.arraycopy(stored, at, believed, at, there);
      }
    }
  }

  void truncate(long newSize) {
    if (newSize < size) {
      Arrays.fill(shown, (int) newSize, size, (byte) 0);
      size = (int) newSize;
    }
  }

  /** Shares its bytes with the file, until that outgrows twice the size. */
  ByteBuffer map(int mapped) {
    if (mapped > size) {
      throw new AssertionError("a map of %d bytes of a file of %d".formatted(mapped, size));
    }
    makeRoom(2 * mapped);
    return ByteBuffer.wrap(shown, 0, mapped).slice();
  }

  void force() {
    byte[] now = Arrays.copyOf(shown, size);
    stored = aForceFailed ? mixed(now, now.length, sector -> true) : now;
    believed = now;
  }

  /** Some of what waits is stored, and the system forgets the rest: the next force won't do it. */
  void failForce(Random random) {
    byte[] now = Arrays.copyOf(shown, size);
    stored =
        mixed(now, random.nextBoolean() ? size : stored.length, sector -> random.nextBoolean());
    believed = now;
  }

  /** What a power cut leaves: of what was not forced nothing, all, or any sectors. */
  MemoryFile afterPowerCut(Random random) {
    byte[] now = Arrays.copyOf(shown, size);
    byte[] left =
        switch (random.nextInt(4)) {
          case 0 -> stored;
          case 1 -> mixed(now, sizeChanged() ? size : stored.length, sector -> true);
          default -> mixed(now, anySize(random), sector -> random.nextInt(3) > 0);
        };
    MemoryFile file = new MemoryFile();
    file.write(ByteBuffer.wrap(left), 0);
    file.force();
    return file;
  }

  private boolean sizeChanged() {
    return believed.length != size;
  }

  private int anySize(Random random) {
    if (!sizeChanged()) {
      return stored.length;
    }
    return switch (random.nextInt(3)) {
      case 0 -> stored.length;
      case 1 -> size;
      default -> random.nextInt(Math.min(stored.length, size), Math.max(stored.length, size) + 1);
    };
  }

  /** What is stored, with those sectors of what is shown that wait and are taken. */
  private byte[] mixed(byte[] now, int newSize, IntPredicate taken) {
    byte[] mixed = Arrays.copyOf(stored, newSize);
    for (int at = 0; at < newSize; at += SECTOR) {
      if (!sameSector(now, believed, at) && taken.test(at / SECTOR)) {
        Arrays.fill(mixed, at, Math.min(at + SECTOR, newSize), (byte) 0);
        int count = Math.min(Math.min(SECTOR, now.length - at), newSize - at);
        if (count > 0) {
          System.arraycopy(now, at, mixed, at, count);
        }
      }
    }
    return mixed;
  }

  private static boolean sameSector(byte[] one, byte[] other, int at) {
    return Arrays.equals(
        one,
        Math.min(at, one.length),
        Math.min(at + SECTOR, one.length),
        other,
        Math.min(at, other.length),
        Math.min(at + SECTOR, other.length));
  }

  private void makeRoom(int needed) {
    if (needed > shown.length) {
      shown = Arrays.copyOf(shown, Math.max(needed, 2 * shown.length));
    }
  }
}

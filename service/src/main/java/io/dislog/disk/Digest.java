package io.dislog.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of a file's first bytes, by which two nodes find that they have the same. For one thread.
 */
public final class Digest {

  private static final int BUFFER_BYTES = 128 << 10;

  private final MessageDigest sha256;

  public Digest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Of a file's first bytes, in hexadecimal digits.
   *
   * @throws IOException where the file is shorter, too
   */
  public static String of(Disk disk, Path path, long size) throws IOException {
    return of(disk, path, 0, size);
  }

  /**
   * Of a file's bytes from one position to another, in hexadecimal digits.
   *
   * @throws IOException where the file is shorter, too
   */
  public static String of(Disk disk, Path path, long from, long size) throws IOException {
    Digest digest = new Digest();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try (DiskFile file = disk.openForReading(path)) {
      for (long at = from; at < size; at += buffer.limit()) {
        buffer.clear().limit((int) Math.min(buffer.capacity(), size - at));
        if (file.read(buffer, at) < buffer.limit()) {
          throw new IOException("%s has less than %d bytes".formatted(path.getFileName(), size));
        }
        digest.add(buffer.flip());
      }
    }
    return digest.end();
  }

  /** Takes in what a buffer has left, whose position stays. */
  public void add(ByteBuffer bytes) {
    sha256.update(bytes.duplicate());
  }

  /** Of all that was taken in, in hexadecimal digits. */
  public String end() {
    return HexFormat.of().formatHex(sha256.digest());
  }
}

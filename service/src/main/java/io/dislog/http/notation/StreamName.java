package io.dislog.http.notation;

import io.dislog.shard.Names;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The name of the log that a stream's path stands for: two paths never have the same.
 *
 * <p>A path that is a log's name is that log. Any other path becomes {@code x--} and the path, with
 * each byte that a name can't have as {@code _} and two hexadecimal digits or, where that is too
 * long, {@code x---} and the path's SHA-256 in base 32.
 */
public final class StreamName {

  private static final String PREFIX = "x--";
  private static final String DIGEST_PREFIX = "x---";
  private static final String BASE_32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final HexFormat HEX = HexFormat.of();

  private StreamName() {}

  /**
   * The log's name.
   *
   * @param path decoded, with slashes between its segments
   */
  public static String ofPath(String path) {
    if (Names.isValid(path) && !path.startsWith(PREFIX)) {
      return path;
    }
    String name = PREFIX + escaped(path);
    return Names.isValid(name) ? name : DIGEST_PREFIX + digest(path);
  }

  /**
   * The path for which a name stands, or null where it stands for none or, being a digest, does not
   * say for which.
   */
  public static @Nullable String pathOf(String name) {
    if (!name.startsWith(PREFIX)) {
      return name;
    }
    ByteBuffer bytes = Percent.decode(name.substring(PREFIX.length()).replace('_', '%'));
    String path = bytes == null ? "" : Utf8.decode(bytes);
    return isPath(path) && ofPath(path).equals(name) ? path : null;
  }

  /** Whether a name stands for a path that can't be read from it. */
  public static boolean isDigest(String name) {
    return name.startsWith(DIGEST_PREFIX);
  }

  /** Whether a path has no empty segment and none of dots. */
  public static boolean isPath(String path) {
    for (String segment : path.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        return false;
      }
    }
    return true;
  }

  private static String escaped(String path) {
    StringBuilder text = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      boolean isPlain =
          (b >= 'a' && b <= 'z')
              || (b >= '0' && b <= '9')
              || b == '.'
              || (b == '-' && !text.isEmpty());
      if (isPlain) {
        text.append((char) b);
      } else {
        HEX.toHexDigits(text.append('_'), b);
      }
    }
    return text.toString();
  }

  private static String digest(String path) {
    StringBuilder text = new StringBuilder();
    int held = 0;
    int bits = 0;
    for (byte b : sha256(path)) {
      held = held << Byte.SIZE | (b & 0xFF);
      for (bits += Byte.SIZE; bits >= 5; bits -= 5) {
        text.append(BASE_32.charAt(held >> (bits - 5) & 31));
      }
    }
    return bits == 0
        ? text.toString()
        : text.append(BASE_32.charAt(held << (5 - bits) & 31)).toString();
  }

  private static byte[] sha256(String path) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(path.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

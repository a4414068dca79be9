package io.dislog.log;

import java.nio.file.Path;

/** The names of a segment's files: the base offset in twenty digits, and what the file is. */
public final class SegmentName {

  static final String STORE_SUFFIX = ".store";
  static final String INDEX_SUFFIX = ".index";
  static final String REMOVED_SUFFIX = STORE_SUFFIX + ".removed";
  private static final int DIGITS = 20;

  private SegmentName() {}

  /** The store of the segment that begins at an offset. */
  public static Path store(Path folder, long baseOffset) {
    return folder.resolve(digits(baseOffset) + STORE_SUFFIX);
  }

  /** What a store is called that is cut, piece by piece. */
  static Path removed(Path store) {
    String name = store.getFileName().toString();
    return store.resolveSibling(name.replace(STORE_SUFFIX, REMOVED_SUFFIX));
  }

  public static Path index(Path folder, long baseOffset) {
    return folder.resolve(digits(baseOffset) + INDEX_SUFFIX);
  }

  /** Whether a file of this name is a segment's, or was. */
  public static boolean isSegment(String fileName) {
    return baseOffset(fileName, STORE_SUFFIX) >= 0
        || baseOffset(fileName, INDEX_SUFFIX) >= 0
        || baseOffset(fileName, REMOVED_SUFFIX) >= 0;
  }

  /** The base offset that a file of this kind has in its name, or -1 where it is another's. */
  static long baseOffset(String fileName, String suffix) {
    return fileName.length() == DIGITS + suffix.length() && fileName.endsWith(suffix)
        ? number(fileName)
        : -1;
  }

  private static long number(String fileName) {
    try {
      return Long.parseUnsignedLong(fileName, 0, DIGITS, 10);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** By hand: a formatter takes longer than opening the file. */
  private static String digits(long baseOffset) {
    String digits = Long.toString(baseOffset);
    return "0".repeat(DIGITS - digits.length()) + digits;
  }
}

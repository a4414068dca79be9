package io.dislog.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * How many file descriptors this process may have, and which share of them the logs' files get. The
 * rest is for connections, for answers that go from file to socket, and for the runtime itself.
 */
public final class DescriptorLimit {

  /** What Linux and macOS give at least, unless told otherwise. */
  private static final long USUAL_LIMIT = 1024;

  private static final long MOST = 1 << 20;
  private static final int LEAST_FILES = 32;
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final String OPEN_FILES = "Max open files";

  private DescriptorLimit() {}

  /** The process' limit, as it is now. */
  public static int limit() {
    // What the JDK offers for it is a management bean, which a native executable starts slowly.
    try (Stream<String> lines = Files.lines(LIMITS, StandardCharsets.US_ASCII)) {
      return lines
          .filter(line -> line.startsWith(OPEN_FILES))
          .mapToInt(line -> soft(line.substring(OPEN_FILES.length()).strip()))
          .findFirst()
          .orElse((int) USUAL_LIMIT);
    } catch (IOException e) {
      return (int) USUAL_LIMIT; // Not Linux.
    }
  }

  /** How many files of logs may be open at the same time. */
  public static int forFiles() {
    return Math.max(LEAST_FILES, limit() / 4);
  }

  private static int soft(String limits) {
    String soft = limits.split("\\s+", 2)[0];
    return soft.equals("unlimited") ? (int) MOST : (int) Math.min(MOST, Long.parseLong(soft));
  }
}

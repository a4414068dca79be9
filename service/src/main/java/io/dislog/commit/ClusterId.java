package io.dislog.commit;

import io.dislog.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code cluster-id} of a data directory: the UUID of what the data belong to, which is
 * made once and stays. Directories of earlier versions have none yet. Safe for use by many threads.
 *
 * <pre>
 * dislog-cluster-id 1
 * 6f1c0a1e-…
 * </pre>
 */
public final class ClusterId {

  private static final String FIRST_LINE = "dislog-cluster-id 1";
  private static final int UUID_CHARACTERS = 36;

  private final Disk disk;
  private final Path directory;
  private final Path file;
  private volatile @Nullable UUID value;

  /**
   * Reads the file, where there is one.
   *
   * @throws IOException where it says something else
   */
  public ClusterId(Disk disk, Path directory) throws IOException {
    this.disk = disk;
    this.directory = directory;
    this.file = directory.resolve("cluster-id");
    if (disk.exists(file)) {
      value = read(Files.readAllLines(file));
    }
  }

  private UUID read(List<String> lines) throws IOException {
    if (lines.size() == 2
        && lines.getFirst().equals(FIRST_LINE)
        && lines.getLast().length() == UUID_CHARACTERS) {
      try {
        return UUID.fromString(lines.getLast());
      } catch (IllegalArgumentException e) {
        // It is told below.
      }
    }
    throw new IOException(
        "%s does not say '%s' and a UUID: put back the file of a copy of this directory, or of"
                .formatted(file, FIRST_LINE)
            + " another node of the cluster");
  }

  /** The UUID, or null where there is none yet. */
  public @Nullable UUID value() {
    return value;
  }

  /** The UUID, which is made now where there is none yet; it is durable when this returns. */
  public synchronized UUID make() throws IOException {
    UUID there = value;
    return there == null ? write(UUID.randomUUID()) : there;
  }

  /** Takes over a UUID; it is durable when this returns. */
  public synchronized UUID write(UUID now) throws IOException {
    String text = "%s%n%s%n".formatted(FIRST_LINE, now);
    disk.replace(file, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    value = now;
    return now;
  }

  /** Belongs to no cluster any more. */
  public synchronized void forget() throws IOException {
    disk.delete(file);
    disk.forceFolder(directory);
    value = null;
  }
}

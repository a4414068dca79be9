package io.dislog.raft.node;

import io.dislog.commit.DirectoryOwner;
import io.dislog.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code cluster} of a data directory: whose it is, and what the node was in its cluster.
 * Without it the directory is empty, or lost. For one thread at a time.
 *
 * <pre>
 * dislog-cluster 1
 * node   dislog-0
 * shards 8
 * state  member
 * </pre>
 */
final class ClusterIdentity {

  private static final String FIRST_LINE = "dislog-cluster 1";

  private final Disk disk;
  private final Path directory;
  private final Path file;
  private final String node;
  private final int shards;
  private volatile @Nullable State state;

  /** What a node was when it last ran. */
  enum State {
    /** One of those that began the cluster. */
    BOOTSTRAPPED,
    /** Added to a cluster that was there. */
    MEMBER,
    /** Taken out, and not added again. */
    REMOVED;

    /** Of a node that takes part, after what it was before. */
    static State joined(@Nullable State before) {
      return before == BOOTSTRAPPED ? before : MEMBER;
    }
  }

  /**
   * Reads the mark.
   *
   * @throws IOException where the directory is not this node's
   */
  ClusterIdentity(Disk disk, Path directory, String node, int shards) throws IOException {
    this.disk = disk;
    this.directory = directory;
    this.file = directory.resolve(DirectoryOwner.CLUSTER_FILE);
    this.node = node;
    this.shards = shards;
    if (disk.exists(file)) {
      state = read(Files.readAllLines(file));
    } else {
      DirectoryOwner.checkNotOfANodeAlone(directory);
    }
  }

  private State read(List<String> lines) throws IOException {
    if (lines.size() != 4 || !lines.getFirst().equals(FIRST_LINE)) {
      throw new IOException(
          "%s begins with '%s', and this version knows only '%s'"
              .formatted(file, lines.isEmpty() ? "" : lines.getFirst(), FIRST_LINE));
    }
    check("node", lines.get(1), node);
    check("shards", lines.get(2), Integer.toString(shards));
    return State.valueOf(value(lines.get(3)).toUpperCase(Locale.ROOT));
  }

  private void check(String what, String line, String expected) throws IOException {
    if (!value(line).equals(expected)) {
      throw new IOException(
          "%s is of a cluster's node with %s %s, and this one's is %s"
              .formatted(directory, what, value(line), expected));
    }
  }

  private static String value(String line) {
    return line.substring(line.indexOf(' ') + 1).strip();
  }

  /** What the node was, or null where the directory is empty. */
  @Nullable State state() {
    return state;
  }

  /** Whether the node was one of a cluster's when it last ran. */
  boolean isOfAMember() {
    State last = state;
    return last != null && last != State.REMOVED;
  }

  /** Writes the mark; it is durable when this returns. */
  synchronized void write(State now) throws IOException {
    if (now == state) {
      return;
    }
    String text =
        "%s%nnode   %s%nshards %d%nstate  %s%n"
            .formatted(FIRST_LINE, node, shards, now.name().toLowerCase(Locale.ROOT));
    disk.replace(file, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    state = now;
  }
}

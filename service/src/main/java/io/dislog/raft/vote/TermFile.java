package io.dislog.raft.vote;

import io.dislog.disk.Disk;
import io.dislog.disk.DiskFile;
import io.dislog.raft.base.RaftIds;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Ratis' own file of a group's term and vote, read and made good while Ratis has the group not
 * open. For one thread.
 *
 * <pre>
 *   raft/GROUP/current/raft-meta     Java properties: term, votedFor
 * </pre>
 */
public final class TermFile {

  private static final System.Logger LOGGER = System.getLogger(TermFile.class.getName());
  private static final String TERM = "term";
  private static final String VOTED_FOR = "votedFor";
  private static final int MAX_BYTES = 1 << 16;

  private final Disk disk;
  private final Path file;

  /**
   * @param folder of the group's raft log
   */
  TermFile(Disk disk, Path folder) {
    this.disk = disk;
    this.file = folder.resolve("current").resolve("raft-meta");
  }

  /** The files of a node's shards. */
  public static List<TermFile> all(Disk disk, Path raftFolder, int shards) {
    return IntStream.range(0, shards)
        .mapToObj(shard -> new TermFile(disk, RaftIds.folder(raftFolder, shard)))
        .toList();
  }

  /**
   * What a node that has no ballots yet finds here.
   *
   * @throws IOException where the file can't be read
   */
  StoredVote first() throws IOException {
    if (!disk.exists(file)) {
      return StoredVote.NONE;
    }
    StoredVote found = read();
    if (found == null) {
      throw new IOException("this node's vote is not known: %s is damaged".formatted(file));
    }
    return found;
  }

  /** Puts a ballot in the place of what is lost here, or older than it. */
  void restore(StoredVote vote) throws IOException {
    if (!disk.exists(file)) {
      return; // Nothing was ever voted on in this group: Ratis makes the file with its folder.
    }
    StoredVote found = read();
    if (found == null || found.term() < vote.term()) {
      LOGGER.log(
          Level.WARNING,
          "{0} {1}: takes up {2} again",
          file,
          found == null ? "is cut short" : "says " + found,
          vote);
      write(vote);
    }
  }

  /** What the file says, or null where it does not say all of it. */
  private @Nullable StoredVote read() throws IOException {
    String text = text();
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
      String vote = properties.getProperty(VOTED_FOR);
      return vote == null || !text.endsWith("\n") // Else a number may lack its last digits.
          ? null
          : new StoredVote(Long.parseLong(properties.getProperty(TERM)), vote);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private String text() throws IOException {
    try (DiskFile from = disk.openForReading(file)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(from.size(), MAX_BYTES));
      from.read(bytes, 0);
      return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }
  }

  private void write(StoredVote vote) throws IOException {
    Properties properties = new Properties();
    properties.setProperty(TERM, Long.toString(vote.term()));
    properties.setProperty(VOTED_FOR, vote.node());
    StringWriter text = new StringWriter();
    properties.store(text, null);
    disk.replace(file, ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
  }
}

package io.dislog.raft.vote;

import io.dislog.disk.Disk;
import io.dislog.disk.DiskFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Stores, in the file {@code ballots}, the latest vote of this node in each shard. Safe for use by
 * many threads.
 *
 * <p>Ratis remembers votes in a file that it writes anew each time, and (3.3.0) puts in its place
 * even where the disk had no room for it; nor does it force the folder, so that a power cut brings
 * the file before it back. This one keeps its size, so that a change needs no room, and is forced
 * before a vote leaves this node, and before this node follows a leader or leads in a new term.
 * From it, {@link TermFile} makes good what Ratis' file has lost.
 *
 * <pre>
 *   512 bytes for each shard, which a disk writes whole or not at all:
 *   0          8         12        16     24       26
 *   +----------+---------+---------+------+--------+---------+--
 *   | DSLGBALT | version | CRC-32C | term | length | node id | zeros
 *   +----------+---------+---------+------+--------+---------+--
 *   The checksum is over what follows it, the zeros included.
 * </pre>
 */
public final class VoteStore implements Closeable {

  private static final String NAME = "ballots";
  private static final long MAGIC = 0x4453_4c47_4241_4c54L;
  private static final int VERSION = 1;
  private static final int SLOT = 512;
  private static final int CHECKED_FROM = 16;

  private final DiskFile file;
  private final List<TermFile> ratis;
  private final List<StoredVote> votes;

  private VoteStore(DiskFile file, List<TermFile> ratis, List<StoredVote> votes) {
    this.file = file;
    this.ratis = ratis;
    this.votes = votes;
  }

  /**
   * Opens the file.
   *
   * @param ratis each shard's file of Ratis, which says what this one begins with
   * @throws IOException where it is damaged: then nobody knows whom this node voted for
   */
  public static VoteStore open(Disk disk, Path directory, List<TermFile> ratis) throws IOException {
    Path path = directory.resolve(NAME);
    if (!disk.exists(path)) {
      create(disk, directory, ratis);
    }
    DiskFile file = disk.open(path);
    try {
      List<StoredVote> votes = new ArrayList<>();
      for (int shard = 0; shard < ratis.size(); shard++) {
        votes.add(read(file, shard));
      }
      return new VoteStore(file, ratis, votes);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static void create(Disk disk, Path directory, List<TermFile> ratis) throws IOException {
    Path written = directory.resolve(NAME + ".new");
    disk.delete(written);
    try (DiskFile file = disk.create(written)) {
      for (int shard = 0; shard < ratis.size(); shard++) {
        file.write(encode(ratis.get(shard).first()), (long) shard * SLOT);
      }
      file.force();
    }
    disk.rename(written, directory.resolve(NAME));
    disk.forceFolder(directory);
  }

  /** For whom this node stands in a shard. */
  synchronized StoredVote of(int shard) {
    return votes.get(shard);
  }

  /** Makes good what Ratis' files have lost, none of which is open. */
  public synchronized void restore() throws IOException {
    for (int shard = 0; shard < votes.size(); shard++) {
      ratis.get(shard).restore(of(shard));
    }
  }

  /**
   * Stands for a node from now on, durably when this returns, unless this node stands for one in
   * that term or a later one.
   */
  public synchronized void stand(int shard, StoredVote vote) throws IOException {
    if (vote.term() > of(shard).term()) {
      write(shard, vote);
    }
  }

  /** Forgets for whom this node stood in a shard, of whose group it has nothing any more. */
  public synchronized void forget(int shard) throws IOException {
    if (!of(shard).equals(StoredVote.NONE)) {
      write(shard, StoredVote.NONE);
    }
  }

  private void write(int shard, StoredVote vote) throws IOException {
    file.write(encode(vote), (long) shard * SLOT);
    file.force();
    votes.set(shard, vote);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static ByteBuffer encode(StoredVote vote) {
    ByteBuffer slot = ByteBuffer.allocate(SLOT);
    byte[] node = vote.node().getBytes(StandardCharsets.UTF_8);
    slot.putLong(MAGIC).putInt(VERSION).putInt(0).putLong(vote.term());
    slot.putShort((short) node.length).put(node);
    return slot.putInt(CHECKED_FROM - Integer.BYTES, checksum(slot)).rewind();
  }

  private static StoredVote read(DiskFile file, int shard) throws IOException {
    ByteBuffer slot = ByteBuffer.allocate(SLOT);
    boolean whole = file.read(slot, (long) shard * SLOT) == SLOT;
    slot.rewind();
    if (!whole || slot.getLong() != MAGIC) {
      throw new IOException("%s has nothing of shard %d".formatted(NAME, shard));
    }
    int version = slot.getInt();
    if (version != VERSION) {
      throw new IOException(
          "%s: expected format version %d, found version %d".formatted(NAME, VERSION, version));
    }
    int stored = slot.getInt();
    if (stored != checksum(slot)) {
      throw new IOException(
          "%s is damaged at position %d: expected checksum %08x, found %08x"
              .formatted(NAME, shard * SLOT, stored, checksum(slot)));
    }
    long term = slot.getLong();
    byte[] node = new byte[slot.getShort()];
    slot.get(node);
    return new StoredVote(term, new String(node, StandardCharsets.UTF_8));
  }

  private static int checksum(ByteBuffer slot) {
    CRC32C crc = new CRC32C();
    crc.update(slot.duplicate().clear().position(CHECKED_FROM));
    return (int) crc.getValue();
  }
}

package io.dislog.raft;

import io.dislog.commit.Member;
import io.dislog.raft.base.Applied;
import io.dislog.raft.replica.Replica;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A shard that remembers the entries that it was given: short ones themselves, long ones by size
 * and checksum. A checkpoint writes all of them to a file.
 */
public final class TinyReplica implements Replica {

  private static final int SHORT = 64;

  /** Of all nodes of this process: what would be fetched over HTTP. */
  private static final Map<String, TinyReplica> PEERS = new ConcurrentHashMap<>();

  private final Path file;
  private final String address;
  private final List<String> entries = new ArrayList<>();
  private Applied applied = Applied.NONE;
  private volatile Applied durable = Applied.NONE;
  private volatile @Nullable Exception failure;
  private volatile boolean leading;
  private volatile boolean hasLed;
  private volatile boolean installing;
  private volatile int installs;
  private volatile int proposals;
  private volatile @Nullable Exception failNext;
  private volatile List<String> damaged = List.of();
  private volatile boolean keeping;
  private volatile CountDownLatch mayInstall = new CountDownLatch(0);
  private volatile CountDownLatch mayApply = new CountDownLatch(0);

  /**
   * @param node whose it is, for its peers to find
   */
  TinyReplica(Path file, String node, int shard) throws IOException {
    this.file = file;
    this.address = node + "/" + shard;
    if (Files.exists(file)) {
      List<String> lines = Files.readAllLines(file);
      String[] at = lines.getFirst().split(" ", 2);
      applied = new Applied(Long.parseLong(at[0]), Long.parseLong(at[1]));
      durable = applied;
      entries.addAll(lines.subList(1, lines.size()));
    }
    PEERS.put(address, this);
  }

  public synchronized List<String> entries() {
    return List.copyOf(entries);
  }

  boolean leading() {
    return leading;
  }

  /** Whether it ever led since it was opened. */
  public boolean hasLed() {
    return hasLed;
  }

  int installs() {
    return installs;
  }

  /** How many entries came with what was proposed here. */
  public int proposals() {
    return proposals;
  }

  /** The disk refuses the next entry. */
  public void failNext(Exception why) {
    failNext = why;
  }

  /** Holds up what is being installed until the latch is down. */
  void holdInstalls(CountDownLatch until) {
    mayInstall = until;
  }

  /** Holds up the next entries that are to be applied until the latch is down. */
  public void holdEntries(CountDownLatch until) {
    mayApply = until;
  }

  /** Makes nothing durable any more, so that the raft log keeps all that is not. */
  void keepRaftLog() {
    keeping = true;
  }

  void damage(String log) {
    damaged = List.of(log);
  }

  @Override
  public List<String> damaged() {
    return damaged;
  }

  @Override
  public Applied durable() {
    return durable;
  }

  @Override
  public void apply(Applied at, ByteBuffer entry, @Nullable Object proposal) {
    try {
      awaitLeave(mayApply);
    } catch (IOException e) {
      failure = e;
    }
    applyNow(at, entry, proposal);
  }

  private synchronized void applyNow(Applied at, ByteBuffer entry, @Nullable Object proposal) {
    if (failNext != null) {
      failure = failNext;
      return;
    }
    if (at.index() <= applied.index()) {
      throw new AssertionError(at + " was applied before " + applied);
    }
    entries.add(text(entry));
    applied = at;
    proposals += proposal == null ? 0 : 1;
  }

  /** How an entry is remembered. */
  public static String text(ByteBuffer entry) {
    if (entry.remaining() <= SHORT) {
      return StandardCharsets.UTF_8.decode(entry.duplicate()).toString();
    }
    CRC32C crc = new CRC32C();
    crc.update(entry.duplicate());
    return entry.remaining() + " bytes, CRC " + Long.toHexString(crc.getValue());
  }

  @Override
  public synchronized void pass(Applied at) {
    applied = at;
  }

  @Override
  public synchronized Applied checkpoint(boolean wait) throws IOException {
    if (keeping) {
      return durable;
    }
    List<String> lines = new ArrayList<>();
    lines.add(applied.term() + " " + applied.index());
    lines.addAll(entries);
    Files.write(file, lines);
    durable = applied;
    return durable;
  }

  @Override
  public Applied install(Member from, Applied atLeast) throws IOException {
    TinyReplica peer = PEERS.get(from.id() + address.substring(address.indexOf('/')));
    if (peer == null) {
      throw new IOException("no peer " + from.id());
    }
    List<String> theirs;
    Applied reached;
    synchronized (peer) {
      theirs = List.copyOf(peer.entries);
      reached = peer.applied;
    }
    installing = true;
    awaitLeave(mayInstall);
    synchronized (this) {
      installs++;
      entries.clear();
      entries.addAll(theirs);
      applied = reached;
      return checkpoint(true);
    }
  }

  private static void awaitLeave(CountDownLatch leave) throws IOException {
    try {
      if (!leave.await(1, TimeUnit.MINUTES)) {
        throw new IOException("was held up for too long");
      }
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  /** Whether an installation was begun. */
  boolean installing() {
    return installing;
  }

  @Override
  public void leadershipChanged(boolean now) {
    leading = now;
    hasLed |= now;
  }

  @Override
  public @Nullable Exception failure() {
    return failure;
  }

  @Override
  public void close() throws IOException {
    PEERS.remove(address, this);
    if (failure == null) {
      checkpoint(true);
    }
  }
}

package io.dislog.raft;

import static io.dislog.shard.TestDefaults.DEFAULTS;

import io.dislog.access.node.NodeCredential;
import io.dislog.commit.CommitListener;
import io.dislog.commit.Member;
import io.dislog.disk.FaultyDisk;
import io.dislog.disk.Remover;
import io.dislog.log.LogResources;
import io.dislog.raft.base.Applied;
import io.dislog.raft.base.Entry;
import io.dislog.raft.base.EntryClock;
import io.dislog.raft.base.EntryVersion;
import io.dislog.raft.base.Item;
import io.dislog.raft.base.PendingItem;
import io.dislog.raft.replica.ShardReplica;
import io.dislog.raft.rpc.PeerHttp;
import io.dislog.shard.LogView;
import io.dislog.shard.Shard;
import io.dislog.shard.ShardOutline;
import io.dislog.state.ProducerLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A replica on a test disk, to which entries are applied one after the other. For one thread. */
public final class Rehearsal {

  private static final int PIECE_BYTES = 200;
  private static final Path FOLDER = Path.of("/data/shards/0");
  private final FaultyDisk disk;
  private final @Nullable ShardReplica replica;
  private int next;

  public Rehearsal(FaultyDisk disk) {
    this(disk, InstantSource.system());
  }

  /**
   * @param clock by which readers look
   */
  public Rehearsal(FaultyDisk disk, InstantSource clock) {
    this.disk = disk;
    ShardReplica opened = null;
    try {
      opened = open(disk, clock);
    } catch (IOException e) {
      if (!disk.isOff()) {
        throw new AssertionError(e);
      }
    }
    this.replica = opened;
    this.next = opened == null ? Integer.MAX_VALUE : (int) opened.durable().index() + 1;
  }

  private static ShardReplica open(FaultyDisk disk, InstantSource wallClock) throws IOException {
    disk.createFolders(FOLDER);
    EntryClock clock = new EntryClock();
    LogResources resources =
        new LogResources(disk, FOLDER, 4, new Remover(disk, PIECE_BYTES, Runnable::run));
    Shard shard = Shard.replayed(resources, FOLDER, DEFAULTS, clock, wallClock, clock::producers);
    shard.recover((done, total) -> {});
    return new ShardReplica(
        0,
        shard,
        disk,
        FOLDER,
        clock,
        CommitListener.NONE,
        () -> {},
        Runnable::run,
        new PeerHttp(NodeCredential.NONE));
  }

  public FaultyDisk disk() {
    return disk;
  }

  /** The index of the entry that is to be applied next. */
  public int next() {
    return next;
  }

  /** The index of the last entry that a checkpoint made durable. */
  long durable() {
    return replica == null ? -1 : replica.durable().index();
  }

  @Nullable Exception failure() {
    return replica().failure();
  }

  public LogView log(String name) {
    return replica().log(name);
  }

  List<LogView> logs() {
    return List.copyOf(replica().logs("", true).values());
  }

  /** The process is killed: what was written is in the operating system's cache. */
  Rehearsal afterKill() {
    return disk.isOff() ? afterPowerCut() : new Rehearsal(disk);
  }

  public Rehearsal afterPowerCut() {
    return new Rehearsal(disk.afterPowerCut());
  }

  public void close() throws IOException {
    replica().close();
  }

  public ShardOutline outline() {
    return replica().outline();
  }

  public ShardOutline outline(String log) {
    return replica().outline(log);
  }

  public List<String> healable() {
    return replica().healable();
  }

  /** Takes a log over from a peer. */
  public void heal(String log, Member from) throws IOException {
    replica().heal(log, from);
  }

  /** Takes over a peer's state. */
  public Applied install(Member from, long atLeast) throws IOException {
    Applied reached = replica().install(from, new Applied(1, atLeast));
    next = (int) reached.index() + 1;
    return reached;
  }

  public long fetchedBytes() {
    return replica().fetchedBytes();
  }

  /** Applies entries up to one, with checkpoints now and then, unless the disk ends it. */
  public void applyUntil(List<ByteBuffer> entries, int until, Random random) {
    while (replica != null && next < until && replica.failure() == null) {
      replica.apply(new Applied(1, next), entries.get(next).duplicate(), null);
      next++;
      if (random.nextInt(20) == 0) {
        checkpoint(replica);
      }
    }
  }

  private static void checkpoint(ShardReplica replica) {
    try {
      replica.checkpoint(true);
    } catch (IOException e) {
      assertFailed(replica);
    }
  }

  private static void assertFailed(ShardReplica replica) {
    if (replica.failure() == null) {
      throw new AssertionError("a checkpoint failed and the replica did not");
    }
  }

  /** An entry that asks for one thing. */
  public static Entry entry(Item<?> item) {
    return new Entry(
        EntryVersion.NEWEST,
        1_700_000_000_000L,
        ProducerLimits.DEFAULT,
        List.of(new PendingItem<>(item)));
  }

  /** Applies an entry as the node that proposed it, and tells what was answered. */
  public List<String> ask(Entry entry) {
    replica().apply(new Applied(1, next++), entry.encode(), entry);
    return entry.items().stream()
        .map(asked ->
            asked
                .answer()
                .<String>handle((answer, failure) ->
                    failure == null ? String.valueOf(answer) : String.valueOf(failure))
                .getNow("no answer"))
        .toList();
  }

  /** All that readers can see. */
  public String picture() throws IOException {
    StringBuilder picture = new StringBuilder("defaults " + replica().patchedDefaults() + "\n");
    for (LogView log : logs()) {
      picture
          .append(log.name() + " " + log.id() + " " + log.own() + " " + log.extent() + "\n")
          .append(log.consumers() + "\n")
          .append(log.segments() + "\n");
      for (long offset = log.extent().earliestOffset();
          offset < log.extent().endOffset();
          offset++) {
        picture.append(log.read(offset)).append('\n');
      }
    }
    return picture.toString();
  }

  ShardReplica replica() {
    if (replica == null) {
      throw new AssertionError("the disk went off before the replica was open");
    }
    return replica;
  }
}

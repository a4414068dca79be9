package io.dislog.raft.group;

import io.dislog.command.Command;
import io.dislog.command.Creation;
import io.dislog.command.Failure;
import io.dislog.command.LogSettings;
import io.dislog.command.Rejection;
import io.dislog.command.SettingsPatch;
import io.dislog.commit.Commit;
import io.dislog.commit.SnapshotSource;
import io.dislog.disk.Digest;
import io.dislog.disk.Disk;
import io.dislog.raft.base.AgreedClock;
import io.dislog.raft.base.EntryVersion;
import io.dislog.raft.base.Item;
import io.dislog.raft.base.ShardOf;
import io.dislog.raft.replica.Group;
import io.dislog.raft.replica.ShardReplica;
import io.dislog.shard.LogView;
import io.dislog.shard.ShardOutline;
import io.dislog.state.ProducerLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Commits to all nodes, by the raft group of the log's shard, where this node leads it. Safe for
 * use by many threads.
 *
 * <p>The defaults belong to the first shard; the leader of each other one has its shard take them
 * over as soon as it sees them changed.
 */
public final class RaftCommit implements Commit, SnapshotSource {

  private static final int DEFAULTS_SHARD = 0;
  private static final long ADOPTION_SECONDS = 3;

  private final AtomicReferenceArray<@Nullable ShardCommit> shards;
  private final Disk disk;
  private final LongConsumer space;
  private final AgreedClock clock;
  private final EntryVersion version;
  private final Supplier<ProducerLimits> producers;
  private final Map<String, CompletableFuture<Boolean>> copies = new ConcurrentHashMap<>();
  private volatile CompletableFuture<Void> defaultsChange = new CompletableFuture<>();

  /**
   * @param count of the shards
   * @param disk on which their logs are
   * @param space is told how many bytes are to be appended, and refuses where there is no room
   * @param clock by which entries are dated, and retention decides
   * @param version of the entries
   * @param producers what entries say of them that this node proposes
   */
  public RaftCommit(
      int count,
      Disk disk,
      LongConsumer space,
      AgreedClock clock,
      EntryVersion version,
      Supplier<ProducerLimits> producers) {
    this.disk = disk;
    this.clock = clock;
    this.version = version;
    this.producers = producers;
    this.shards = new AtomicReferenceArray<>(count);
    this.space = space;
  }

  /** Serves a shard from now on by this replica. */
  public void serve(Group group, ShardReplica replica) {
    shards.set(group.shard(), new ShardCommit(group, replica, clock, version, producers));
  }

  @Override
  public CompletionStage<Boolean> create(String name, Creation creation) {
    space.accept(creation.size());
    return shardOf(name).submit(new Item.Create(name, creation));
  }

  @Override
  public CompletionStage<Boolean> fork(LogView source, String name, Creation creation) {
    boolean beside =
        ShardOf.name(source.name(), shards.length()) == ShardOf.name(name, shards.length());
    return beside ? create(name, creation) : copy(source, name, creation);
  }

  /** One at a time of a name: whoever asks once more, for want of an answer, joins what is done. */
  private CompletionStage<Boolean> copy(LogView source, String name, Creation creation) {
    CompletableFuture<Boolean> begun = new CompletableFuture<>();
    CompletableFuture<Boolean> underWay = copies.putIfAbsent(name, begun);
    if (underWay != null) {
      return underWay
          .handle((created, failure) -> null)
          .thenCompose(ended -> fork(source, name, creation));
    }
    return new ForkCopy(this, source, name, creation)
        .begin()
        .whenComplete((created, failure) -> {
          copies.remove(name);
          begun.complete(created);
        });
  }

  @Override
  public CompletionStage<Void> delete(String name) {
    return shardOf(name).submit(new Item.Delete(name)).thenApply(done -> null);
  }

  @Override
  public CompletionStage<Boolean> expire(LogView log) {
    return shardOf(log.name()).submit(new Item.Expire(log.name(), log.id()));
  }

  @Override
  public <R> CompletionStage<R> submit(LogView log, Command<R> command) {
    if (command instanceof Command.Append || command instanceof Command.Inherit) {
      space.accept(command.size());
    }
    return shardOf(log.name())
        .submit(new Item.OnLog<>(log.name(), log.id(), decided(log, command)));
  }

  @Override
  public boolean decidesFor(LogView log) {
    return shardOf(log.name()).leads() && clock.isAgreed();
  }

  @Override
  public LogView log(String name) {
    return shardOf(name).replica().log(name);
  }

  @Override
  public List<LogView> logs(String prefix, @Nullable String after, int limit) {
    boolean behind = after != null && after.compareTo(prefix) >= 0;
    String from = behind && after != null ? after : prefix;
    NavigableMap<String, LogView> all = new TreeMap<>();
    for (int shard = 0; shard < shards.length(); shard++) {
      all.putAll(shard(shard).replica().logs(from, !behind));
    }
    return all.values().stream()
        .takeWhile(log -> log.name().startsWith(prefix))
        .limit(limit)
        .toList();
  }

  @Override
  public LogSettings defaults() {
    return shard(DEFAULTS_SHARD).replica().defaults();
  }

  @Override
  public LogSettings patchedDefaults() {
    return shard(DEFAULTS_SHARD).replica().patchedDefaults();
  }

  @Override
  public CompletionStage<Void> changeDefaults(SettingsPatch patch) {
    return shard(DEFAULTS_SHARD)
        .submit(new Item.PatchDefaults(patch))
        .thenCompose(done -> adopted().orTimeout(ADOPTION_SECONDS, TimeUnit.SECONDS))
        .exceptionallyCompose(failure ->
            CompletableFuture.failedStage(
                Failure.cause(failure) instanceof TimeoutException
                    ? new Rejection.NoLeader(
                        "the defaults are changed, and not all shards have taken them over yet")
                    : Failure.cause(failure)));
  }

  @Override
  public ShardOutline outline(int shard) {
    return shard(shard).replica().outline();
  }

  @Override
  public ShardOutline outline(int shard, String log) {
    return shard(shard).replica().outline(log);
  }

  @Override
  public StoreBytes store(int shard, String log, String id, long baseOffset, long from, long size)
      throws IOException {
    LogView named = shard(shard).replica().log(log);
    Path store = named.id().equals(id) ? named.store(baseOffset) : null;
    if (store == null) {
      throw new Rejection.UnknownLog(log);
    }
    return new StoreBytes(store, from, size, Digest.of(disk, store, from, size));
  }

  /** The defaults of some shard changed, here. */
  void defaultsChanged() {
    CompletableFuture<Void> seen = defaultsChange;
    defaultsChange = new CompletableFuture<>();
    seen.complete(null);
    adoptDefaults();
  }

  /** Has the shards that this node leads take over the defaults of the first, where they differ. */
  void adoptDefaults() {
    ShardCommit first = shards.get(DEFAULTS_SHARD);
    if (first == null) {
      return;
    }
    LogSettings wanted = first.replica().patchedDefaults();
    for (int i = 0; i < shards.length(); i++) {
      ShardCommit shard = shards.get(i);
      if (shard != null && shard.leads() && !shard.replica().patchedDefaults().equals(wanted)) {
        var _ = shard.submit(new Item.AdoptDefaults(wanted));
      }
    }
  }

  /** Ends once all shards have the same defaults, here. */
  private CompletableFuture<Void> adopted() {
    CompletableFuture<Void> next = defaultsChange;
    LogSettings wanted = shard(DEFAULTS_SHARD).replica().patchedDefaults();
    for (int i = 0; i < shards.length(); i++) {
      if (!shard(i).replica().patchedDefaults().equals(wanted)) {
        return next.thenCompose(changed -> adopted());
      }
    }
    return CompletableFuture.completedFuture(null);
  }

  /** A run of retention is of no use before the time is known, and of what all members read. */
  @SuppressWarnings("unchecked") // The command keeps its kind.
  private <R> Command<R> decided(LogView log, Command<R> command) {
    if (!(command instanceof Command.ApplyRetention retain)) {
      return command;
    }
    if (!clock.isAgreed()) {
      throw new Rejection.NoLeader("what the members' clocks say is not known yet", true);
    }
    return shardOf(log.name()).version() >= EntryVersion.WITH_LIMITS
        ? command
        : (Command<R>) new Command.ApplyRetention(retain.before());
  }

  private ShardCommit shardOf(String log) {
    return shard(ShardOf.name(log, shards.length()));
  }

  private ShardCommit shard(int shard) {
    ShardCommit commit = shards.get(shard);
    if (commit == null) {
      throw new Rejection.NotReady("shard %d is being recovered".formatted(shard));
    }
    return commit;
  }
}

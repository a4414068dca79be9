package io.dislog.raft.group;

import io.dislog.command.Command;
import io.dislog.command.Creation;
import io.dislog.command.Rejection;
import io.dislog.commit.Gathering;
import io.dislog.raft.base.Entry;
import io.dislog.raft.base.EntryVersion;
import io.dislog.raft.base.Item;
import io.dislog.raft.base.PendingItem;
import io.dislog.raft.replica.Group;
import io.dislog.raft.replica.ShardReplica;
import io.dislog.state.ProducerLimits;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Gathers what is asked of one shard: items that arrive while an entry is under way, and a moment
 * after it, go together into the next. Safe for use by many threads.
 */
final class ShardCommit {

  /** An entry takes no further items beyond this, in bytes of records. */
  private static final long MAX_BYTES = 4 << 20;

  /** So long does an item wait for members that were not heard of. */
  private static final int HEARD_SECONDS = 5;

  private final Group group;
  private final ShardReplica replica;
  private final InstantSource clock;
  private final EntryVersion version;
  private final Supplier<ProducerLimits> producers;
  private final Gathering<PendingItem<?>> entries =
      new Gathering<>(MAX_BYTES, ShardCommit::size, items -> propose(entry(items)));

  /**
   * @param clock by which entries are dated
   * @param version that they may be of
   * @param producers what they say of those
   */
  ShardCommit(
      Group group,
      ShardReplica replica,
      InstantSource clock,
      EntryVersion version,
      Supplier<ProducerLimits> producers) {
    this.clock = clock;
    this.version = version;
    this.producers = producers;
    this.group = group;
    this.replica = replica;
  }

  ShardReplica replica() {
    return replica;
  }

  boolean leads() {
    return group.leads();
  }

  /** Commits an item. Never blocks. */
  <R> CompletableFuture<R> submit(Item<R> item) {
    if (!group.leads()) {
      return CompletableFuture.failedFuture(notLeading());
    }
    return isRead(item) ? enqueue(item) : submitOnceRead(item);
  }

  /**
   * Waits for members that were not heard of yet, as just after the start. Those that are being
   * replaced by newer ones need not know to whom a producer belongs.
   */
  private <R> CompletableFuture<R> submitOnceRead(Item<R> item) {
    return version
        .heard()
        .completeOnTimeout(null, HEARD_SECONDS, TimeUnit.SECONDS)
        .thenCompose(heard -> {
          Item<R> asked = isRead(item) ? item : item.unowned();
          return isRead(asked) ? enqueue(asked) : CompletableFuture.failedFuture(olderMembers());
        });
  }

  private boolean isRead(Item<?> item) {
    return item.version() <= version();
  }

  private <R> CompletableFuture<R> enqueue(Item<R> item) {
    PendingItem<R> pending = new PendingItem<>(item);
    entries.add(pending);
    return pending.answer();
  }

  /** The version of entries that all members read. */
  int version() {
    return Math.max(version.common(), replica.appliedVersion());
  }

  private Entry entry(List<PendingItem<?>> items) {
    return new Entry(version(), clock.millis(), producers.get(), items);
  }

  private void propose(Entry entry) {
    List<PendingItem<?>> items = entry.items();
    var _ = items.getFirst().answer().whenComplete((answer, why) -> entries.answered(items.size()));
    try {
      group.propose(entry.encode(), entry).whenComplete((done, failure) -> ended(entry, failure));
    } catch (RuntimeException e) {
      ended(entry, e);
    }
  }

  private void ended(Entry entry, Throwable failure) {
    if (failure != null) {
      entry.fail(failure);
    }
    entries.ended();
  }

  private static long size(PendingItem<?> pending) {
    return switch (pending.item()) {
      case Item.OnLog<?>(String log, String id, Command<?> command) -> command.size();
      case Item.Create(String log, Creation creation) -> creation.size();
      default -> 0;
    };
  }

  private static Rejection olderMembers() {
    return new Rejection.NotReady(
        "not all nodes are known to run a version that can do this; it can be done once they do");
  }

  private Rejection notLeading() {
    return new Rejection.NoLeader("another node leads shard " + group.shard(), true);
  }
}

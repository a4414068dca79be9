package io.dislog.raft.replica;

import io.dislog.command.Command;
import io.dislog.command.Command.Done;
import io.dislog.command.Creation;
import io.dislog.command.ForkPoint;
import io.dislog.command.LogSettings;
import io.dislog.command.Rejection;
import io.dislog.command.SettingsPatch;
import io.dislog.commit.CommitListener;
import io.dislog.commit.Pending;
import io.dislog.raft.base.Entry;
import io.dislog.raft.base.Item;
import io.dislog.raft.base.PendingItem;
import io.dislog.shard.LogWriter;
import io.dislog.shard.Shard;
import io.dislog.state.Checkpoint;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Does to a shard what one entry asks, in its order. For the shard's applying thread.
 *
 * <p>After a crash, entries are applied again that some logs have already: what a log, as it was
 * opened, tells of is left out for that log, and creations and deletions are found to be done.
 */
final class EntryApplication {

  private final Shard shard;
  private final CommitListener listener;
  private final Set<LogWriter> touched;
  private final Map<String, LogRound> rounds = new LinkedHashMap<>();

  /**
   * @param touched is told which logs were written to
   */
  EntryApplication(Shard shard, CommitListener listener, Set<LogWriter> touched) {
    this.shard = shard;
    this.listener = listener;
    this.touched = touched;
  }

  /**
   * @param index of the entry
   * @throws IOException where this node's disk refused
   */
  void run(long index, Entry entry) throws IOException {
    int item = 0;
    for (PendingItem<?> pending : entry.items()) {
      apply(Checkpoint.position(index, item++), pending);
    }
    for (LogRound round : rounds.values()) {
      round.end();
    }
  }

  private <R> void apply(long position, PendingItem<R> pending) throws IOException {
    try {
      switch (pending.item()) {
        case Item.OnLog<R> onLog -> onLog(position, onLog, pending);
        case Item.Create(String log, Creation creation) ->
            answer(pending, create(position, log, creation));
        case Item.Expire(String log, String id) -> answer(pending, expire(position, log, id));
        case Item.Delete(String log) -> {
          delete(position, log);
          answer(pending, new Done());
        }
        case Item.PatchDefaults(SettingsPatch patch) -> {
          changeDefaults(shard.patchedDefaults().patched(patch));
          answer(pending, new Done());
        }
        case Item.AdoptDefaults(LogSettings patched) -> {
          changeDefaults(patched);
          answer(pending, new Done());
        }
      }
    } catch (Rejection rejection) {
      pending.answer().completeExceptionally(rejection);
    }
  }

  @SuppressWarnings("unchecked") // Each item's answer is of the type that the item names.
  private static <R> void answer(PendingItem<R> pending, Object given) {
    pending.answer().complete((R) given);
  }

  private <R> void onLog(long position, Item.OnLog<R> onLog, PendingItem<R> pending)
      throws IOException {
    LogWriter writer = shard.find(onLog.log());
    if (writer == null || !writer.log().id().equals(onLog.id())) {
      throw new Rejection.UnknownLog(onLog.log());
    }
    String failure = writer.log().failure();
    if (failure != null) { // Half of the commands would make it look as if it had them all.
      throw new Rejection.LogUnavailable(onLog.log(), failure);
    }
    if (writer.has(position)) { // From an earlier life, or as a peer that healed it has it.
      throw new Rejection.NoLeader("log %s was fetched meanwhile".formatted(onLog.log()));
    }
    touched.add(writer);
    rounds
        .computeIfAbsent(onLog.log(), log -> new LogRound(writer, listener))
        .apply(position, new Pending<>(onLog.command(), pending.answer()));
  }

  private boolean create(long position, String log, Creation creation) throws IOException {
    endRound(log);
    if (shard.catalog().isReplaceable(log)) {
      delete(position, log);
    }
    ForkPoint fork = creation.linked();
    if (fork != null) {
      endRound(fork.source());
    }
    boolean created = shard.catalog().lacks(log, creation);
    if (created) {
      shard.create(log, creation, position);
    }
    return created;
  }

  private boolean expire(long position, String log, String id) throws IOException {
    endRound(log);
    boolean expired = shard.catalog().isExpired(log, id);
    if (expired) {
      delete(position, log);
    }
    return expired;
  }

  private void delete(long position, String log) throws IOException {
    shard.catalog().checkKnown(log);
    LogWriter writer = shard.find(log);
    if (writer != null && writer.has(position)) {
      return; // This one was created after that deletion.
    }
    endRound(log);
    if (writer != null && !writer.log().life().forks().isEmpty()) {
      retire(position, writer);
      return;
    }
    if (writer != null) {
      touched.remove(writer);
    }
    shard.retire(log);
  }

  private void retire(long position, LogWriter writer) throws IOException {
    touched.add(writer);
    LogRound round = new LogRound(writer, listener);
    round.apply(position, new Pending<>(new Command.Retire(), new CompletableFuture<>()));
    round.end();
  }

  private void changeDefaults(LogSettings patched) throws IOException {
    for (LogRound round : rounds.values()) {
      round.end();
    }
    shard.changeDefaults(patched);
    for (LogWriter writer : shard.all()) {
      writer.showSettings();
    }
  }

  private void endRound(String log) throws IOException {
    LogRound round = rounds.remove(log);
    if (round != null) {
      round.end();
    }
  }
}

package io.dislog.commit;

import io.dislog.command.Command;
import io.dislog.command.Creation;
import io.dislog.command.LogSettings;
import io.dislog.command.Rejection;
import io.dislog.command.SettingsPatch;
import io.dislog.shard.LogView;
import io.dislog.shard.LogWriter;
import io.dislog.shard.Shard;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Commits to this node alone: apply, force, answer. Safe for use by many threads.
 *
 * <p>Logs are forced side by side, each by a thread of its own while it is written to; one at a
 * time is created or deleted of those that share a name.
 */
final class LocalCommit implements Commit, AutoCloseable {

  /** How many logs are forced side by side: ext4 gained nothing from more. */
  private static final int WRITING_THREADS = 64;

  private static final int NAME_LOCKS = 64;

  private final Shard shard;
  private final CommitListener listener;
  private final ConcurrentSkipListMap<String, LogQueue> queues = new ConcurrentSkipListMap<>();
  private final ThreadPoolExecutor rounds =
      new ThreadPoolExecutor(
          WRITING_THREADS,
          WRITING_THREADS,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().name("commit-", 0).factory());
  private final ExecutorService catalog = Executors.newVirtualThreadPerTaskExecutor();
  private final ReentrantLock[] nameLocks = new ReentrantLock[NAME_LOCKS];
  private final ReentrantLock defaultsLock = new ReentrantLock();

  /**
   * @param shard whose logs are open
   */
  public LocalCommit(Shard shard, CommitListener listener) {
    this.shard = shard;
    this.listener = listener;
    Arrays.setAll(nameLocks, i -> new ReentrantLock());
    rounds.allowCoreThreadTimeOut(true);
    for (LogWriter writer : shard.all()) {
      serve(writer);
    }
  }

  @Override
  public CompletionStage<Boolean> create(String name, Creation creation) {
    return inCatalog(
        lockOf(name),
        () -> {
          if (shard.catalog().isReplaceable(name)) {
            deleteNow(name);
          }
          boolean created = shard.catalog().lacks(name, creation);
          if (created) {
            LogQueue queue = serve(shard.create(name, creation));
            queue.showSettings().join(); // The defaults may have changed while it was created.
          }
          return created;
        });
  }

  @Override
  public CompletionStage<Boolean> fork(LogView source, String name, Creation creation) {
    return create(name, creation);
  }

  @Override
  public CompletionStage<Void> delete(String name) {
    return inCatalog(
        lockOf(name),
        () -> {
          shard.catalog().checkKnown(name);
          LogQueue queue = queues.get(name);
          if (queue != null && !queue.log().life().forks().isEmpty()) {
            queue.submit(new Command.Retire()).join();
          } else {
            deleteNow(name);
          }
          return null;
        });
  }

  @Override
  public CompletionStage<Boolean> expire(LogView log) {
    return inCatalog(lockOf(log.name()), () -> deleteExpired(log.name(), log.id()));
  }

  private boolean deleteExpired(String name, String id) throws IOException {
    boolean expired = shard.catalog().isExpired(name, id);
    if (expired) {
      deleteNow(name);
    }
    return expired;
  }

  private void deleteNow(String name) throws IOException {
    LogQueue queue = queues.remove(name);
    shard.remove(name);
    if (queue != null) {
      queue.close(new Rejection.UnknownLog(name), true).join();
    }
    shard.deleteFiles(name);
  }

  @Override
  public <R> CompletionStage<R> submit(LogView log, Command<R> command) {
    LogQueue queue = queues.get(log.name());
    return queue == null || queue.log() != log
        ? CompletableFuture.failedStage(new Rejection.UnknownLog(log.name()))
        : queue.submit(command);
  }

  @Override
  public boolean decidesFor(LogView log) {
    return true;
  }

  @Override
  public LogView log(String name) {
    LogQueue queue = queues.get(name);
    if (queue == null) {
      shard.catalog().checkAvailable(name);
      throw new Rejection.UnknownLog(name);
    }
    return queue.log();
  }

  @Override
  public List<LogView> logs(String prefix, @Nullable String after, int limit) {
    boolean behind = after != null && after.compareTo(prefix) >= 0;
    return queues.tailMap(behind ? after : prefix, !behind).entrySet().stream()
        .takeWhile(entry -> entry.getKey().startsWith(prefix))
        .limit(limit)
        .map(entry -> entry.getValue().log())
        .toList();
  }

  @Override
  public LogSettings defaults() {
    return shard.defaults();
  }

  @Override
  public LogSettings patchedDefaults() {
    return shard.patchedDefaults();
  }

  @Override
  public CompletionStage<Void> changeDefaults(SettingsPatch patch) {
    return inCatalog(
        defaultsLock,
        () -> {
          shard.changeDefaults(shard.patchedDefaults().patched(patch));
          List<CompletableFuture<Void>> showing = new ArrayList<>();
          queues.values().forEach(queue -> showing.add(queue.showSettings()));
          CompletableFuture.allOf(showing.toArray(CompletableFuture[]::new)).join();
          return null;
        });
  }

  /** Ends what waits, then forces and closes the logs. */
  @Override
  public void close() throws IOException {
    catalog.close();
    List<CompletableFuture<Void>> closings = new ArrayList<>();
    for (LogQueue queue : queues.values()) {
      closings.add(queue.close(new Rejection.NotReady("the service is stopping"), false));
    }
    try {
      CompletableFuture.allOf(closings.toArray(CompletableFuture[]::new)).join();
    } finally {
      rounds.close();
      shard.close();
    }
  }

  private LogQueue serve(LogWriter writer) {
    LogQueue queue = new LogQueue(writer, rounds, listener);
    queues.put(writer.log().name(), queue);
    return queue;
  }

  private ReentrantLock lockOf(String name) {
    return nameLocks[Math.floorMod(name.hashCode(), NAME_LOCKS)];
  }

  private <R> CompletionStage<R> inCatalog(ReentrantLock lock, Callable<R> work) {
    CompletableFuture<R> answer = new CompletableFuture<>();
    catalog.execute(() -> {
      lock.lock();
      try {
        answer.complete(work.call());
      } catch (Exception e) {
        answer.completeExceptionally(e);
      } finally {
        lock.unlock();
      }
    });
    return answer;
  }
}

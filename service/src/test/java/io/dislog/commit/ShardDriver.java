package io.dislog.commit;

import static io.dislog.shard.TestDefaults.DEFAULTS;

import io.dislog.command.Command;
import io.dislog.command.Creation;
import io.dislog.command.Rejection;
import io.dislog.disk.Disk;
import io.dislog.disk.Remover;
import io.dislog.log.LogResources;
import io.dislog.shard.DiskReserve;
import io.dislog.shard.LogView;
import io.dislog.shard.LogWriter;
import io.dislog.shard.Shard;
import io.dislog.shard.TestClock;
import io.dislog.state.ProducerLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A shard with the queues of its logs, run by the test's own thread, round by round. */
final class ShardDriver {

  static final Path DATA = Path.of("/data");

  /** Nearly every store that goes is cut in some pieces. */
  private static final int PIECE_BYTES = 200;

  private final Shard shard;
  private final Map<String, LogQueue> queues = new TreeMap<>();
  private final Deque<Runnable> due = new ArrayDeque<>();

  private ShardDriver(Shard shard) {
    this.shard = shard;
    shard.all().forEach(this::serve);
  }

  /** Opens a data directory, as far as it can be. */
  static ShardDriver open(Disk disk, Path data, TestClock clock, Executor forcer)
      throws IOException {
    disk.createFolders(data);
    DiskReserve reserve = new DiskReserve(disk, data, 0);
    LogResources resources =
        new LogResources(disk, data, 4, new Remover(disk, PIECE_BYTES, Runnable::run));
    Shard shard =
        new Shard(resources, data, reserve, DEFAULTS, () -> ProducerLimits.DEFAULT, clock, forcer);
    shard.recover((done, total) -> {});
    return new ShardDriver(shard);
  }

  /** Forces the journal beside the log, but never before it. */
  static void logFirst(Runnable journal) {
    Thread writer = Thread.currentThread();
    Thread.ofPlatform()
        .start(() -> {
          while (writer.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
          }
          journal.run();
        });
  }

  Shard shard() {
    return shard;
  }

  LogView log(String name) {
    LogQueue queue = queues.get(name);
    if (queue == null) {
      throw new Rejection.UnknownLog(name);
    }
    return queue.log();
  }

  boolean has(String name) {
    return queues.containsKey(name);
  }

  void create(String name, Creation creation) throws IOException {
    serve(shard.create(name, creation));
  }

  void delete(String name) throws IOException {
    LogQueue queue = queues.remove(name);
    shard.remove(name);
    if (queue != null) {
      end(queue.close(new Rejection.UnknownLog(name), true));
    }
    shard.deleteFiles(name);
  }

  /** Commits commands in one round. */
  List<CompletableFuture<?>> round(String name, List<Command<?>> commands) {
    LogQueue queue = queues.get(name);
    List<CompletableFuture<?>> answers = new ArrayList<>();
    for (Command<?> command : commands) {
      answers.add(
          queue == null
              ? CompletableFuture.failedFuture(new Rejection.UnknownLog(name))
              : queue.submit(command));
    }
    runDue();
    return answers;
  }

  /** Commits one command in a round of its own. */
  <R> CompletableFuture<R> submit(String name, Command<R> command) {
    CompletableFuture<R> answer = Objects.requireNonNull(queues.get(name)).submit(command);
    runDue();
    return answer;
  }

  void showSettings() {
    queues.values().forEach(queue -> end(queue.showSettings()));
  }

  void close() throws IOException {
    for (LogQueue queue : queues.values()) {
      end(queue.close(new Rejection.NotReady("closed"), false));
    }
    queues.clear();
    shard.close();
  }

  private void end(CompletableFuture<Void> work) {
    runDue();
    if (!work.isDone()) {
      throw new AssertionError("what was due ran and did not end");
    }
  }

  private void runDue() {
    for (Runnable next = due.poll(); next != null; next = due.poll()) {
      next.run();
    }
  }

  private void serve(LogWriter writer) {
    queues.put(writer.log().name(), new LogQueue(writer, due::add, CommitListener.NONE));
  }
}

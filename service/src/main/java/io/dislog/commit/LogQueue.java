package io.dislog.commit;

import io.dislog.command.Command;
import io.dislog.disk.ShortageException;
import io.dislog.disk.TooManyFilesException;
import io.dislog.log.LogFailedException;
import io.dislog.shard.LogView;
import io.dislog.shard.LogWriter;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Group commit for one log: the commands that arrive while a round is under way go together into
 * the next, and share its force.
 *
 * <p>Any number of threads submit. A thread of the executor runs rounds while commands wait, one
 * thread at a time.
 */
final class LogQueue implements Runnable {

  private static final System.Logger LOGGER = System.getLogger(LogQueue.class.getName());

  /** A round takes at most so many commands, so that the first does not wait for ever. */
  private static final int MAX_ROUND = 4096;

  /** A thread that ran so many rounds lets other logs' rounds have their turn. */
  private static final int ROUNDS_IN_TURN = 32;

  private final LogWriter writer;
  private final Executor executor;
  private final CommitListener listener;
  private final ConcurrentLinkedQueue<Pending<?>> waiting = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Between> between = new ConcurrentLinkedQueue<>();
  private final AtomicInteger scheduled = new AtomicInteger();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private @Nullable RuntimeException closedWhy;

  LogQueue(LogWriter writer, Executor executor, CommitListener listener) {
    this.writer = writer;
    this.executor = executor;
    this.listener = listener;
  }

  LogView log() {
    return writer.log();
  }

  <R> CompletableFuture<R> submit(Command<R> command) {
    Pending<R> pending = new Pending<>(command);
    waiting.add(pending);
    schedule();
    return pending.future();
  }

  /** Has the log show the defaults as they now are. */
  CompletableFuture<Void> showSettings() {
    CompletableFuture<Void> shown = new CompletableFuture<>();
    between.add(() -> {
      try {
        if (closedWhy == null) {
          writer.showSettings();
        }
        shown.complete(null);
      } catch (IOException e) {
        writer.fail(e);
        shown.completeExceptionally(e);
      }
    });
    schedule();
    return shown;
  }

  /**
   * Ends the commands that wait, then closes the log.
   *
   * @param why what commands that come later are refused with
   */
  CompletableFuture<Void> close(RuntimeException why, boolean deleted) {
    between.add(() -> {
      if (closedWhy == null) {
        closeWriter(why, deleted);
      }
    });
    schedule();
    return closed;
  }

  @Override
  public void run() {
    int turns = 0;
    while (true) {
      int seen = scheduled.get();
      runRound();
      for (Between work = between.poll(); work != null; work = between.poll()) {
        work.run();
      }
      boolean idle = waiting.isEmpty() && between.isEmpty();
      boolean yields = ++turns == ROUNDS_IN_TURN;
      if (idle || yields) {
        writer.letGo(); // Before another thread may run here.
      }
      if (idle && scheduled.compareAndSet(seen, 0)) {
        return;
      }
      if (yields) {
        executor.execute(this);
        return;
      }
    }
  }

  private void schedule() {
    if (scheduled.getAndIncrement() == 0) {
      executor.execute(this);
    }
  }

  private void runRound() {
    Round round = new Round(writer, listener);
    try {
      if (hold() && makeRoom()) {
        fill(round);
      }
      if (!round.isEmpty()) {
        end(round);
      }
    } catch (ShortageException e) {
      retryOneByOne(round.applied(), e);
    } catch (IOException | RuntimeException e) {
      fail(round.applied(), e);
    }
  }

  /** Has the log's files open for the round; where they can't be, nothing is begun. */
  private boolean hold() throws IOException {
    if (closedWhy == null && !waiting.isEmpty()) {
      try {
        writer.hold();
      } catch (TooManyFilesException e) {
        // All of them first: whoever is told may ask again at once, and finds one by then.
        List<Pending<?>> refused = new ArrayList<>();
        for (Pending<?> next = waiting.poll(); next != null; next = waiting.poll()) {
          refused.add(next);
        }
        refused.forEach(next -> next.fail(e));
        return false;
      }
    }
    return true;
  }

  /** Makes room in the journal; where the disk has none, the next command is told so. */
  private boolean makeRoom() throws IOException {
    if (closedWhy == null && !writer.hasRoom() && !waiting.isEmpty()) {
      try {
        writer.makeRoom();
      } catch (ShortageException e) {
        waiting.remove().fail(e);
        return false;
      }
    }
    return true;
  }

  private void fill(Round round) throws IOException {
    for (int taken = 0; taken < MAX_ROUND; taken++) {
      Pending<?> next = closedWhy != null || writer.hasRoom() ? waiting.poll() : null;
      if (next == null) {
        return;
      }
      if (closedWhy != null) {
        next.fail(closedWhy);
      } else {
        round.apply(next);
      }
    }
  }

  private static void end(Round round) throws IOException {
    round.write();
    round.tell();
  }

  /** Something is short, as the disk's room: what needs none is not refused for what does. */
  private void retryOneByOne(List<Pending<?>> round, ShortageException shortage) {
    try {
      writer.cutBack();
      for (Pending<?> pending : round) {
        try {
          Round alone = new Round(writer, listener);
          alone.apply(pending);
          end(alone);
        } catch (ShortageException e) {
          writer.cutBack();
          pending.fail(shortage);
        }
      }
    } catch (IOException | RuntimeException e) {
      fail(round, e);
    }
  }

  /** The disk failed, or there is a bug: nobody knows what of the round is on the disk. */
  private void fail(List<Pending<?>> round, Exception cause) {
    LOGGER.log(Level.ERROR, "log %s takes no more commands".formatted(log().name()), cause);
    IOException why = cause instanceof IOException io ? io : new IOException(cause);
    writer.fail(why);
    LogFailedException told = new LogFailedException("the log failed: " + why.getMessage(), why);
    round.forEach(pending -> pending.fail(told));
  }

  private void closeWriter(RuntimeException why, boolean deleted) {
    closedWhy = why;
    for (Pending<?> left = waiting.poll(); left != null; left = waiting.poll()) {
      left.fail(why);
    }
    try {
      writer.close(deleted);
      closed.complete(null);
    } catch (IOException e) {
      closed.completeExceptionally(e);
    }
  }

  /** Work for between two rounds. */
  private interface Between extends Runnable {}
}

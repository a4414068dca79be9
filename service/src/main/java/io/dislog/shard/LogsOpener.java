package io.dislog.shard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Opens the logs of a shard, several at a time. */
final class LogsOpener {

  private static final int THREADS_PER_PROCESSOR = 2;

  private LogsOpener() {}

  /**
   * @param open opens one log
   * @param progress is told how many of how many are open
   */
  static void run(List<String> names, Consumer<String> open, Progress progress) throws IOException {
    AtomicInteger done = new AtomicInteger();
    progress.recovered(0, names.size());
    // Asked here: as a constant it would be that of the machine which compiled a native executable.
    int threads = THREADS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
    try (ExecutorService openers = Executors.newFixedThreadPool(threads)) {
      List<Callable<Void>> openings = new ArrayList<>();
      for (String name : names) {
        openings.add(() -> {
          open.accept(name);
          progress.recovered(done.incrementAndGet(), names.size());
          return null;
        });
      }
      for (Future<Void> opening : openers.invokeAll(openings)) {
        opening.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("recovery was interrupted", e);
    }
  }
}

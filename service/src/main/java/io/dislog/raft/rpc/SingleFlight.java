package io.dislog.raft.rpc;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that many want done from now on: who comes while it is under way waits for the next, and
 * shares that with all others who do. Safe for use by many threads.
 */
public final class SingleFlight<T> {

  private final Supplier<CompletableFuture<T>> work;
  private @Nullable CompletableFuture<T> next;
  private boolean running;

  public SingleFlight(Supplier<CompletableFuture<T>> work) {
    this.work = work;
  }

  /** Ends as the work does, which begins after this was called. */
  public CompletableFuture<T> join() {
    CompletableFuture<T> mine;
    synchronized (this) {
      if (next != null) {
        return next;
      }
      mine = new CompletableFuture<>();
      next = mine;
      if (running) {
        return mine;
      }
      running = true;
    }
    begin();
    return mine;
  }

  private void begin() {
    CompletableFuture<T> mine;
    synchronized (this) {
      if (next == null) {
        running = false;
        return;
      }
      mine = next;
      next = null;
    }
    var _ =
        started()
            .whenComplete((result, failure) -> {
              // The next begins first: whoever is told here may take long.
              begin();
              if (failure == null) {
                mine.complete(result);
              } else {
                mine.completeExceptionally(failure);
              }
            });
  }

  /** Work that can't even begin has failed: else it would count as under way for ever. */
  private CompletableFuture<T> started() {
    try {
      return work.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}

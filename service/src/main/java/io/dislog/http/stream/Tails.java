package io.dislog.http.stream;

import io.dislog.http.exchange.OpenRequests;
import io.dislog.http.stream.Tail.Waiter;
import io.dislog.shard.LogView;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The readers that wait for something to be appended, by their log: each is woken once, by what
 * happens there or by the service's stop, unless it leaves before. Safe for use by many threads.
 */
@Singleton
final class Tails {

  private final Map<LogView, Tail> tails = new ConcurrentHashMap<>();
  private final Consumer<Runnable> threads;
  private final OpenRequests requests;

  @Inject
  Tails(Blocking blocking, OpenRequests requests) {
    this((Consumer<Runnable>) blocking::run, requests);
  }

  /**
   * @param threads runs what it is given on another thread
   */
  Tails(Consumer<Runnable> threads, OpenRequests requests) {
    this.threads = threads;
    this.requests = requests;
    requests.onStop(this::wakeAll);
  }

  /** Has a reader wait; it is woken at once where it has nothing to wait for. */
  void join(LogView log, Waiter waiter) {
    Tail tail =
        tails.compute(
            log,
            (of, known) -> {
              Tail joined = known == null ? new Tail(of, threads, this::forgetIfEmpty) : known;
              joined.add(waiter);
              return joined;
            });
    if (requests.stopping()) {
      tail.wakeAll();
    } else if (log.deleted() || log.closed() || waiter.next() < log.extent().endOffset()) {
      tail.look();
    }
  }

  /** Whether a reader still waited, and does no more. */
  boolean leave(LogView log, Waiter waiter) {
    Tail tail = tails.get(log);
    boolean waited = tail != null && tail.remove(waiter);
    if (waited) {
      forgetIfEmpty(log);
    }
    return waited;
  }

  private void forgetIfEmpty(LogView log) {
    tails.computeIfPresent(
        log,
        (of, tail) -> {
          if (tail.isEmpty()) {
            tail.close();
            return null;
          }
          return tail;
        });
  }

  private void wakeAll() {
    tails.values().forEach(Tail::wakeAll);
  }
}

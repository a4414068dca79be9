package io.dislog.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A closed loop over a client library, which has connections of its own: each client waits for the
 * answer to its request in a virtual thread, and then sends the next one. Runs once.
 */
public final class LibraryLoad {

  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final Span span;
  private final Histogram latencies = new Histogram(Run.DIGITS); // Guarded by this.
  private long answered; // Guarded by this.
  private long start;
  private long end; // Guarded by this, once there are threads.
  private volatile boolean isOver;
  private volatile @Nullable Exception failure;

  public LibraryLoad(Span span) {
    this.span = span;
  }

  /**
   * Runs it, and waits for the answer to the last request of each client.
   *
   * @param request of any client
   * @throws IOException where a request failed, or no answer came for half a minute
   */
  public Run run(int clients, Request request) throws IOException {
    start = System.nanoTime() + span.warmUp().toNanos();
    end = start + span.measured().toNanos();
    long deadline = end + SILENCE.toNanos();
    List<Thread> threads = new ArrayList<>();
    for (int client = 0; client < clients; client++) {
      threads.add(Thread.startVirtualThread(() -> repeat(request)));
    }
    try {
      for (Thread thread : threads) {
        join(thread, deadline);
      }
    } finally {
      threads.forEach(Thread::interrupt);
    }
    if (failure != null) {
      throw new IOException("a request failed: " + failure, failure);
    }
    return result();
  }

  private void repeat(Request request) {
    while (!isOver) {
      long sentAt = System.nanoTime();
      try {
        request.send();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (Exception e) {
        failure = e;
        isOver = true;
        return;
      }
      count(sentAt, System.nanoTime());
    }
  }

  private synchronized void count(long sentAt, long now) {
    answered++;
    if (now >= start && now < end) {
      latencies.recordValue(now - sentAt);
    }
    if (now >= end || latencies.getTotalCount() >= span.mostRequests()) {
      end = Math.min(end, now);
      isOver = true;
    }
  }

  private synchronized Run result() {
    return new Run(latencies, end - start, answered);
  }

  private static void join(Thread thread, long deadline) throws IOException {
    try {
      if (!thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
        throw new IOException("no answer came for %d s".formatted(SILENCE.toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** One request of a client. */
  @FunctionalInterface
  public interface Request {

    /** Sends it, and waits until it is answered. */
    void send() throws Exception;
  }
}

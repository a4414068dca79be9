package io.dislog.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Clients that use the service side by side, until it goes away, they are told, or have enough. */
final class Load {

  private static final int MAX_ACTS = 2000;

  private final List<Thread> threads = new ArrayList<>();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger acts = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private volatile boolean over;

  /** Starts the clients. */
  Load(Api api, List<? extends Client> clients) {
    for (Client client : clients) {
      threads.add(Thread.ofVirtual().start(() -> run(api, client)));
    }
  }

  /** How often a client has done something. */
  int acts() {
    return acts.get();
  }

  /** How many clients the service left without an answer. */
  int unanswered() {
    return unanswered.get();
  }

  /** Waits for the clients to end, which they do by themselves when the service goes away. */
  void await() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
    @Nullable Throwable failure = failures.poll();
    if (failure != null) {
      throw new AssertionError("a client was answered wrongly", failure);
    }
  }

  /** Ends the clients where they are. */
  void end() throws InterruptedException {
    over = true;
    await();
  }

  private void run(Api api, Client client) {
    try {
      for (int act = 0; act < MAX_ACTS && !over; act++) {
        client.act(api);
        acts.incrementAndGet();
      }
    } catch (IOException e) {
      unanswered.incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      failures.add(e);
    }
  }
}

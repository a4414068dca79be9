package io.dislog.it;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Workers at work side by side, each with a short pause after what it does, until they are told.
 */
final class Crew {

  private static final int MAX_ACTS = 100_000;
  private static final int MAX_PAUSE_MILLIS = 40;

  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean over;

  /** Begins. */
  Crew(List<? extends Worker> workers, Oddities oddities, Random random) {
    for (Worker worker : workers) {
      Random pauses = new Random(random.nextLong());
      threads.add(Thread.ofVirtual().start(() -> run(worker, oddities, pauses)));
    }
  }

  /** Ends, after what each of them is doing. */
  void end() throws InterruptedException {
    over = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void run(Worker worker, Oddities oddities, Random pauses) {
    try {
      for (int act = 0; act < MAX_ACTS && !over; act++) {
        worker.act();
        Thread.sleep(pauses.nextInt(MAX_PAUSE_MILLIS)); // So that it is load and no flood.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      StringWriter text = new StringWriter();
      e.printStackTrace(new PrintWriter(text));
      oddities.add("a client failed: " + text);
    }
  }
}

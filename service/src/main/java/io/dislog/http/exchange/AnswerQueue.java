package io.dislog.http.exchange;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Answers on their way back to one event loop: a commit makes many ready at once, and they go over
 * together instead of one by one. Any thread adds; the loop sends.
 */
public final class AnswerQueue {

  private static final Logger LOG = Logger.getLogger(AnswerQueue.class);

  private static final ThreadLocal<AnswerQueue> OF_LOOP = ThreadLocal.withInitial(AnswerQueue::new);

  private final Context context = Objects.requireNonNull(Vertx.currentContext());
  private final ConcurrentLinkedQueue<Runnable> ready = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean called = new AtomicBoolean();

  private AnswerQueue() {}

  /** The queue of the event loop that calls. */
  public static AnswerQueue ofThisLoop() {
    return OF_LOOP.get();
  }

  /** Has the loop do this soon. */
  public void add(Runnable answer) {
    ready.add(answer);
    if (!called.getAndSet(true)) {
      context.runOnContext(on -> send());
    }
  }

  private void send() {
    called.set(false);
    for (Runnable answer = ready.poll(); answer != null; answer = ready.poll()) {
      try {
        answer.run();
      } catch (RuntimeException e) {
        LOG.error("An answer could not be sent", e); // The others' clients still wait for theirs.
      }
    }
  }
}

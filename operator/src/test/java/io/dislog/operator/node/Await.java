package io.dislog.operator.node;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The kit's, for what nodes say. */
final class Await {

  private Await() {}

  /**
   * Waits until something is so; a node that gives no answer is asked again.
   *
   * @param instead what to show where it does not become so in time
   */
  public static void until(Duration patience, Supplier<String> instead, Callable<Boolean> condition)
      throws Exception {
    AtomicReference<String> last = new AtomicReference<>("it is not so");
    io.dislog.kit.Await.until(
        () -> last + "\n" + instead.get(),
        patience,
        () -> {
          try {
            return condition.call();
          } catch (NodeException e) {
            last.set(e.why());
            return false;
          }
        });
  }
}

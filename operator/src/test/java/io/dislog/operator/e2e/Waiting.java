package io.dislog.operator.e2e;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for what others do. Stateless. */
final class Waiting {

  private Waiting() {}

  /** Something that may be so. */
  interface Question {
    boolean isSo() throws IOException, InterruptedException;
  }

  /**
   * Returns as soon as it is so, and says how long that took.
   *
   * @throws AssertionError where it is not so in time
   */
  static Duration until(String what, Duration patience, Question question)
      throws InterruptedException {
    long begun = System.nanoTime();
    String reason = "";
    while (System.nanoTime() - begun < patience.toNanos()) {
      try {
        if (question.isSo()) {
          return Duration.ofNanos(System.nanoTime() - begun);
        }
        reason = "";
      } catch (IOException | KubernetesClientException e) {
        reason = ": " + e;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new AssertionError("Not so after %s: %s%s".formatted(patience, what, reason));
  }
}

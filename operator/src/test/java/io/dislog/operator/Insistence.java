package io.dislog.operator;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Asks again where the API server closed the connection just then, which the client does not do by
 * itself. Stateless.
 */
public final class Insistence {

  private static final int TRIES = 20;
  private static final long PAUSE_NANOS = 50_000_000;

  private Insistence() {}

  /** What is asked for does no harm when it is done twice. */
  public static <T> T ask(Supplier<T> request) {
    for (int left = TRIES; ; left--) {
      try {
        return request.get();
      } catch (KubernetesClientException e) {
        if (left == 1 || e.getStatus() != null) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}

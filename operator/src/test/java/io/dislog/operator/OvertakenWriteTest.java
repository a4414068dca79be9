package io.dislog.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.dislog.operator.status.Conditions;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A change that comes just before the operator writes the status is acted upon all the same. */
@ExtendWith(ApiServerExtension.class)
class OvertakenWriteTest {

  private static final String IMAGE = "dislog:one";

  /** Well below what the operator waits for where nothing is to be done. */
  private static final Duration SOON = Duration.ofSeconds(15);

  /** A machine that stands still makes one late, and not all of them. */
  private static final int TRIES = 5;

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final KubernetesClient client;
  private final String namespace;

  OvertakenWriteTest(ApiServer server) {
    client = server.client();
    namespace = server.newNamespace();
  }

  @Test
  void aChangeJustBeforeTheStatusIsWrittenIsNotMissed() throws Exception {
    BeforeStatus before = new BeforeStatus();
    try (KubernetesClient operators = ApiServer.intercepted(client.getConfiguration(), before);
        FakeCluster cluster = new FakeCluster(client, operators, namespace)) {
      cluster.change(1, IMAGE, "7d");
      cluster.awaitSettled(1, IMAGE);
      boolean isSoon = false;
      for (int left = TRIES; left > 0 && !isSoon; left--) {
        isSoon = isSeenSoon(before, cluster);
      }
      assertThat(isSoon).as("it sees soon that it is not paused: %s", cluster).isTrue();
    }
  }

  private boolean isSeenSoon(BeforeStatus before, FakeCluster cluster) {
    before.next.set(this::endPause);
    pause(true);
    Await.until(
        () -> "the status is written: " + cluster, PATIENCE, () -> before.next.get() == null);
    long begun = System.nanoTime();
    Await.until(
        () -> "it sees that it is not paused: " + cluster,
        PATIENCE,
        () -> TestClusters.isSo(client, namespace, Conditions.PROGRESSING, "False"));
    return System.nanoTime() - begun < SOON.toNanos();
  }

  /** Not before there is one: another status may be written just then. */
  private boolean endPause() {
    boolean isPaused = Boolean.TRUE.equals(TestClusters.get(client, namespace).getSpec().paused());
    if (isPaused) {
      pause(false);
    }
    return isPaused;
  }

  private void pause(boolean isPaused) {
    TestClusters.patch(client, namespace, "{\"spec\":{\"paused\":%s}}".formatted(isPaused));
  }

  /** Does something once, right before a status is written, as soon as it can be done. */
  private static final class BeforeStatus implements Interceptor {

    final AtomicReference<@Nullable BooleanSupplier> next = new AtomicReference<>();

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
      if (request.method().equals("PATCH") && request.uri().getPath().endsWith("/status")) {
        BooleanSupplier due = next.get();
        if (due != null && due.getAsBoolean()) {
          next.set(null);
        }
      }
    }
  }
}

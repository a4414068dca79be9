package io.dislog.operator;

import io.dislog.kit.Await;
import io.dislog.operator.status.Conditions;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A change that comes just before the operator writes the status is acted upon all the same. */
@ExtendWith(ApiServerExtension.class)
class OvertakenWriteTest {

  private static final String IMAGE = "dislog:one";

  /** Well below what the operator waits for where nothing is to be done. */
  private static final Duration SOON = Duration.ofSeconds(15);

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
      before.next.set(() -> pause(false));
      pause(true);
      Await.until(() -> "the status is written: " + cluster, () -> before.next.get() == null);
      Await.until(
          () -> "it sees that it is not paused: " + cluster,
          SOON,
          () -> TestClusters.isSo(client, namespace, Conditions.PROGRESSING, "False"));
    }
  }

  private void pause(boolean isPaused) {
    TestClusters.patch(client, namespace, "{\"spec\":{\"paused\":%s}}".formatted(isPaused));
  }

  /** Does something once, right before a status is written. */
  private static final class BeforeStatus implements Interceptor {

    final AtomicReference<@Nullable Runnable> next = new AtomicReference<>();

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
      if (request.method().equals("PATCH") && request.uri().getPath().endsWith("/status")) {
        Runnable due = next.getAndSet(null);
        if (due != null) {
          due.run();
        }
      }
    }
  }
}

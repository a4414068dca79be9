package io.dislog.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.quarkus.runtime.ShutdownEvent;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of the lease when an operator ends. */
@ExtendWith(ApiServerExtension.class)
final class LeadershipTest {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final KubernetesClient client;
  private final String namespace;

  LeadershipTest(ApiServer server) {
    namespace = server.newNamespace();
    client = server.clientIn(namespace);
  }

  @BeforeEach
  void oneHoldsTheLease() {
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
    new LeaseLock(namespace, RunningOperator.LEASE, "one")
        .create(client, new LeaderElectionRecord("one", Duration.ofHours(1), now, now, 1));
    assertThat(holder()).isEqualTo("one");
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void itIsGivenUp() {
    end("one");

    assertThat(holder()).isNull();
  }

  @Test
  void anothersIsLeft() {
    end("two");

    assertThat(holder()).isEqualTo("one");
  }

  @Test
  void whereThereIsNoneNothingIsDone() {
    client.leases().inNamespace(namespace).withName(RunningOperator.LEASE).delete();

    end("one");

    assertThat(lease()).isNull();
  }

  @Test
  void whoeverLosesItEnds() throws Exception {
    client.leases().inNamespace(namespace).withName(RunningOperator.LEASE).delete();
    try (RunningOperator operator =
        new RunningOperator(
            client,
            namespace,
            (_, _) -> URI.create("http://127.0.0.1:1"),
            new TestRelease("one"))) {
      Await.until("it leads", PATIENCE, () -> "one".equals(holder()));
      assertThat(operator.hasLost()).isFalse();
      var _ =
          client
              .leases()
              .inNamespace(namespace)
              .withName(RunningOperator.LEASE)
              .patch(
                  PatchContext.of(PatchType.JSON_MERGE),
                  "{\"spec\":{\"holderIdentity\":\"two\",\"leaseDurationSeconds\":3600}}");
      Await.until("it ends", PATIENCE, operator::hasLost);
    }
  }

  private void end(String instance) {
    new Leadership().end(new ShutdownEvent(), new TestRelease(instance), client);
  }

  private @Nullable String holder() {
    Lease lease = lease();
    return lease == null ? null : lease.getSpec().getHolderIdentity();
  }

  private @Nullable Lease lease() {
    return Insistence.ask(
        () -> client.leases().inNamespace(namespace).withName(RunningOperator.LEASE).get());
  }
}

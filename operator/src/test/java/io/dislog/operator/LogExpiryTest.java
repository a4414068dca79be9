package io.dislog.operator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.dislog.operator.crd.FiniteLogStatus;
import io.dislog.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Logs of a resource that end by themselves, and what they were created with. */
@ExtendWith(ApiServerExtension.class)
class LogExpiryTest {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String IMAGE = "dislog:one";
  private static final String SESSION = "{\"name\":\"session\",\"ttl\":\"30m\"}";
  private static final String CREATED = "PUT session {\"ttl\":\"30m\"}";

  private final KubernetesClient client;
  private final String namespace;
  private final FakeCluster cluster;

  LogExpiryTest(ApiServer server) {
    this.client = server.client();
    this.namespace = server.newNamespace();
    this.cluster = new FakeCluster(client, client, namespace);
  }

  @BeforeEach
  void begin() throws Exception {
    cluster.change(1, IMAGE, "7d");
    cluster.awaitSettled(1, IMAGE);
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  @Test
  void aLogThatExpiredIsNotCreatedAgainByAnyOperatorUntilItIsRemovedAndAdded() throws Exception {
    logs(SESSION);
    awaitTold(new FiniteLogStatus("session", false));

    cluster.service().logs().expire("session");
    cluster.awaitLooks();
    awaitTold(new FiniteLogStatus("session", true));
    cluster.replaceOperator(client);
    cluster.awaitLooks();
    awaitTold(new FiniteLogStatus("session", true));
    cluster.awaitTold(Conditions.RETENTION_APPLIED, "True");
    assertThat(changes()).containsExactly(CREATED);
    assertThat(events("LogExpired"))
        .containsExactly(
            "log session has expired: it is created again only if it is removed from spec.logs and"
                + " added again");

    logs();
    awaitTold();
    logs(SESSION);
    awaitTold(new FiniteLogStatus("session", false));
    assertThat(changes()).containsExactly(CREATED, CREATED);
  }

  @Test
  void aLogWhoseTimeHasPassedIsToldAndNeverCreated() throws Exception {
    logs("{\"name\":\"trial\",\"expiresAt\":\"2020-01-31T00:00:00Z\"}");
    awaitTold(new FiniteLogStatus("trial", true));
    cluster.awaitLooks();
    cluster.awaitTold(Conditions.RETENTION_APPLIED, "True");
    assertThat(changes()).isEmpty();
  }

  @Test
  void aLogThatWasCreatedOtherwiseStaysAsItIsAndIsTold() throws Exception {
    logs("{\"name\":\"orders\",\"contentType\":\"text/plain\",\"ttl\":\"30m\"}");
    awaitTold(new FiniteLogStatus("orders", false));

    logs();
    awaitTold();
    logs("{\"name\":\"orders\",\"contentType\":\"application/json\",\"ttl\":\"1800s\"}");
    cluster.awaitTold(
        Conditions.RETENTION_APPLIED,
        "False",
        "log orders: it was created with contentType text/plain instead of contentType"
            + " application/json, which can't be changed");
    assertThat(cluster.reason(Conditions.RETENTION_APPLIED)).isEqualTo("Refused");
    assertThat(events("Refused")).hasSize(1);
    assertThat(changes()).hasSize(1);
    assertThat(cluster.service().logs().config("orders")).contains("text/plain");

    logs("{\"name\":\"orders\",\"ttl\":\"30m\"}");
    cluster.awaitTold(Conditions.RETENTION_APPLIED, "False", "instead of no contentType");
    logs("{\"name\":\"orders\",\"contentType\":\"text/plain\",\"ttl\":\"30m\"}");
    cluster.awaitTold(Conditions.RETENTION_APPLIED, "True");
    awaitTold(new FiniteLogStatus("orders", false));
  }

  /** Has the resource name these logs alone. */
  private void logs(String... logs) {
    TestClusters.patch(
        client, namespace, "{\"spec\":{\"logs\":[%s]}}".formatted(String.join(",", logs)));
  }

  private void awaitTold(FiniteLogStatus... logs) throws InterruptedException {
    Await.until(
        () -> "%s: %s".formatted(List.of(logs), cluster),
        PATIENCE,
        () -> told().equals(List.of(logs)));
  }

  private List<FiniteLogStatus> told() {
    return Objects.requireNonNullElse(
        requireNonNull(TestClusters.get(client, namespace).getStatus()).finiteLogs(), List.of());
  }

  private List<String> changes() {
    return cluster.service().logs().changes();
  }

  private List<String> events(String reason) {
    return Insistence.ask(() -> client.v1().events().inNamespace(namespace).list())
        .getItems()
        .stream()
        .filter(event -> event.getReason().equals(reason))
        .map(Event::getMessage)
        .toList();
  }
}

package io.dislog.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Set;

/** An operator in this JVM, with everything but the framework's own start. For one thread. */
final class RunningOperator implements AutoCloseable {

  static final String IMAGE = "dislog:test";

  private final Reconciliations reconciliations = new Reconciliations();
  private final Operator operator;

  /** Starts one that watches a namespace. */
  RunningOperator(KubernetesClient client, String namespace) {
    operator =
        new Operator(config ->
            config
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withMetrics(reconciliations)
                .withReconciliationTerminationTimeout(Duration.ofSeconds(5)));
    operator.register(
        new ClusterReconciler(() -> IMAGE), config -> config.settingNamespaces(Set.of(namespace)));
    operator.start();
  }

  /** How many reconciliations have ended. */
  int reconciliations() {
    return reconciliations.finished();
  }

  /** What it did, and why the last failure was one. */
  @Override
  public String toString() {
    Exception failure = reconciliations.lastFailure();
    StringWriter trace = new StringWriter();
    if (failure != null) {
      failure.printStackTrace(new PrintWriter(trace));
    }
    return "%d reconciliations, last failure: %s".formatted(reconciliations(), trace);
  }

  @Override
  public void close() {
    operator.stop();
  }
}

package io.dislog.operator;

import io.dislog.operator.node.Addresses;
import io.dislog.operator.node.Nodes;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/** An operator in this JVM, with everything but the framework's own start. For one thread. */
final class RunningOperator implements AutoCloseable {

  private final Reconciliations reconciliations = new Reconciliations();
  private final Nodes nodes;
  private final Operator operator;

  /** Starts one that watches a namespace. */
  RunningOperator(KubernetesClient client, String namespace) {
    this(client, namespace, (cluster, ordinal) -> URI.create("http://127.0.0.1:1"));
  }

  /** Starts one that watches all namespaces, those of other tests, too. */
  RunningOperator(KubernetesClient client) {
    this(client, Constants.WATCH_ALL_NAMESPACES);
  }

  /** Starts one that watches a namespace, and finds nodes where it is told to. */
  RunningOperator(KubernetesClient client, String namespace, Addresses addresses) {
    this(client, namespace, addresses, InstantSource.system());
  }

  /** Starts one whose clock may be off. */
  RunningOperator(
      KubernetesClient client, String namespace, Addresses addresses, InstantSource clock) {
    nodes = new Nodes(addresses);
    operator =
        new Operator(config ->
            config
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withMetrics(reconciliations)
                .withReconciliationTerminationTimeout(Duration.ofSeconds(5)));
    operator.register(
        new ClusterReconciler(
            new TestRelease("operator-0"), nodes, new SimpleMeterRegistry(), clock),
        config -> config.settingNamespaces(Set.of(namespace)));
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
    nodes.close();
  }
}

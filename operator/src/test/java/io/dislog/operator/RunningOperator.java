package io.dislog.operator;

import io.dislog.operator.node.Addresses;
import io.dislog.operator.node.Nodes;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An operator in this JVM, with everything but the framework's own start. For one thread. */
public final class RunningOperator implements AutoCloseable {

  static final String LEASE = "dislog-operator";

  private final Reconciliations reconciliations = new Reconciliations();
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final Nodes nodes;
  private final Operator operator;
  private volatile boolean lost;

  /** Starts one that watches a namespace. */
  public RunningOperator(KubernetesClient client, String namespace) {
    this(client, namespace, (cluster, ordinal) -> URI.create("http://127.0.0.1:1"));
  }

  /** Starts one that watches all namespaces, those of other tests, too. */
  public RunningOperator(KubernetesClient client) {
    this(client, Constants.WATCH_ALL_NAMESPACES);
  }

  /** Starts one that watches a namespace, and finds nodes where it is told to. */
  public RunningOperator(KubernetesClient client, String namespace, Addresses addresses) {
    this(client, namespace, addresses, InstantSource.system());
  }

  /** Starts one whose clock may be off. */
  public RunningOperator(
      KubernetesClient client, String namespace, Addresses addresses, InstantSource clock) {
    this(client, namespace, addresses, clock, new TestRelease("operator-0"), _ -> null);
  }

  /** Starts one that waits until it holds the lease, in its client's namespace. */
  public RunningOperator(
      KubernetesClient client, String namespace, Addresses addresses, TestRelease release) {
    this(
        client,
        namespace,
        addresses,
        InstantSource.system(),
        release,
        leadership -> leadership.election(release));
  }

  private RunningOperator(
      KubernetesClient client,
      String namespace,
      Addresses addresses,
      InstantSource clock,
      TestRelease release,
      Function<Leadership, @Nullable LeaderElectionConfiguration> elections) {
    LeaderElectionConfiguration election = elections.apply(new Leadership(() -> lost = true));
    nodes = new Nodes(addresses);
    operator =
        new Operator(config -> {
          config
              .withKubernetesClient(client)
              .withCloseClientOnStop(false)
              .withMetrics(reconciliations)
              .withReconciliationTerminationTimeout(Duration.ofSeconds(5));
          if (election != null) {
            config.withLeaderElectionConfiguration(election);
          }
        });
    operator.register(
        new ClusterReconciler(release, nodes, registry, clock),
        config -> config.settingNamespaces(Set.of(namespace)));
    operator.start();
  }

  /** Whether it has lost the lease, and its process would end. */
  boolean hasLost() {
    return lost;
  }

  /** What it measures. */
  MeterRegistry registry() {
    return registry;
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

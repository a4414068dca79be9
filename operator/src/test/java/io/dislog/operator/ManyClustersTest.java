package io.dislog.operator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.dislog.kit.Await;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.process.NodeProcesses;
import io.dislog.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What two hundred clusters cost one operator, and the API server, while nothing happens to them.
 * Each is in a namespace of its own, so that one node, which has the same name in all of them, can
 * be the node of each.
 */
@Tag("slow")
@ExtendWith(ApiServerExtension.class)
class ManyClustersTest {

  private static final int CLUSTERS = 200;
  private static final String NODE = "demo-0";
  private static final String REVISION = "demo-1";

  /** Any tick each half minute falls into it twice, and no third time. */
  private static final long WINDOW_SECONDS = 59;

  private static final long TICK_SECONDS = 30;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir Path folder;

  private final KubernetesClient client;
  private final List<String> namespaces = new ArrayList<>();

  ManyClustersTest(ApiServer server) {
    this.client = server.client();
    for (int number = 0; number < CLUSTERS; number++) {
      namespaces.add(server.newNamespace());
    }
  }

  @Test
  void idleClustersAreLookedAtTwiceAMinuteAndCostLessThanARequest() throws Exception {
    client.resources(DislogCluster.class).inAnyNamespace().delete();
    try (NodeProcesses node = new NodeProcesses(TestClusters.NAME, folder);
        RequestCount asked = new RequestCount(client);
        RunningOperator operator =
            new RunningOperator(asked.client(), Constants.WATCH_ALL_NAMESPACES, node)) {
      node.start(0, 1);
      long before = heap();
      for (String namespace : namespaces) {
        client.resource(TestClusters.of(namespace, 1)).create();
      }
      for (String namespace : namespaces) {
        Await.until(() -> namespace + ": " + operator, PATIENCE, () -> nodes(namespace) != null);
        play(requireNonNull(nodes(namespace)));
      }
      for (String namespace : namespaces) {
        Await.until(() -> namespace + " is ready: " + operator, PATIENCE, () -> isReady(namespace));
      }
      // The last ones' events may still be under way.
      TimeUnit.SECONDS.sleep(10);
      int reconciliations = operator.reconciliations();
      int requests = asked.get();
      Map<String, Integer> kinds = asked.kinds();
      long cpu = cpuNanos();
      long begun = System.nanoTime();
      TimeUnit.SECONDS.sleep(WINDOW_SECONDS);
      reconciliations = operator.reconciliations() - reconciliations;
      requests = asked.get() - requests;
      cpu = cpuNanos() - cpu;
      // Of a machine that stands still the window is longer.
      int ticks =
          (int) (TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun) / TICK_SECONDS) + 1;
      System.out.printf(
          Locale.ROOT,
          "%d idle clusters: %.2f reconciliations of each in %d s, %d requests to the API server, %.1f %%"
              + " of a processor, %.0f MiB of heap%n",
          CLUSTERS,
          (double) reconciliations / CLUSTERS,
          WINDOW_SECONDS,
          requests,
          cpu / 1e7 / WINDOW_SECONDS,
          (heap() - before) / 1048576.0);
      assertThat(reconciliations).isBetween(CLUSTERS, ticks * CLUSTERS);
      assertThat(requests).as(() -> more(kinds, asked.kinds())).isLessThan(CLUSTERS * ticks / 2);
    } finally {
      client.resources(DislogCluster.class).inAnyNamespace().delete();
    }
  }

  private static String more(Map<String, Integer> before, Map<String, Integer> after) {
    return after.entrySet().stream()
        .map(kind ->
            "%s: %d"
                .formatted(kind.getKey(), kind.getValue() - before.getOrDefault(kind.getKey(), 0)))
        .collect(Collectors.joining("; "));
  }

  private StatefulSet nodes(String namespace) {
    return Insistence.ask(() ->
        client.apps().statefulSets().inNamespace(namespace).withName(TestClusters.NAME).get());
  }

  /** Does once what Kubernetes does with it. */
  private void play(StatefulSet nodes) {
    var template = nodes.getSpec().getTemplate();
    Pod pod =
        client
            .resource(
                new PodBuilder()
                    .withNewMetadata()
                    .withName(NODE)
                    .withNamespace(nodes.getMetadata().getNamespace())
                    .withLabels(template.getMetadata().getLabels())
                    .addToLabels("controller-revision-hash", REVISION)
                    .withAnnotations(template.getMetadata().getAnnotations())
                    .endMetadata()
                    .withSpec(template.getSpec())
                    .editSpec()
                    .addNewVolume()
                    .withName("data")
                    .withNewPersistentVolumeClaim("data-" + NODE, false)
                    .endVolume()
                    .endSpec()
                    .build())
            .create();
    client
        .resource(
            new PodBuilder(pod)
                .editStatus()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withLastTransitionTime(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .endCondition()
                .endStatus()
                .build())
        .updateStatus();
    // The operator may have asked again for pods meanwhile: what is patched needs no version.
    client
        .resource(nodes)
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"status\":{\"observedGeneration\":%d,\"replicas\":1,\"updateRevision\":\"%s\"}}"
                .formatted(nodes.getMetadata().getGeneration(), REVISION));
  }

  private boolean isReady(String namespace) {
    var status = TestClusters.get(client, namespace).getStatus();
    return status != null
        && status.conditions() != null
        && Conditions.find(status.conditions(), Conditions.READY)
            .map(ready -> "True".equals(ready.getStatus()))
            .orElse(false)
        && Conditions.find(status.conditions(), Conditions.PROGRESSING)
            .map(progressing -> "False".equals(progressing.getStatus()))
            .orElse(false);
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}

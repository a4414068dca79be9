package io.dislog.operator.e2e;

import java.io.IOException;
import java.time.Duration;

/** How a cluster of one node grows and shrinks, step by step. For one thread. */
final class OneNode {

  private static final Duration QUICK = Duration.ofMinutes(3);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Steps steps;
  private final Cluster one;
  private final Lifespan lifespan;

  OneNode(Steps steps, Settings settings, Cluster one) {
    this.steps = steps;
    this.one = one;
    this.lifespan = new Lifespan(settings, one);
  }

  void live() throws IOException, InterruptedException {
    steps.step("one node is applied", () -> lifespan.apply("k8s/samples/one-node.yaml", 1));
    Door door = one.door();
    Traffic traffic = new Traffic(door);
    traffic.start();
    traffic.awaitAppends(QUICK);
    for (int replicas : new int[] {3, 5, 3, 1}) {
      steps.step("it is scaled to " + replicas, () -> scale(traffic, replicas));
    }
    traffic.stop();
    steps.step("everything is read back", () -> lifespan.readBack(traffic));
    steps.step("the cluster is deleted and its volumes are kept", () -> lifespan.delete(5));
  }

  private String scale(Traffic traffic, int replicas) throws IOException, InterruptedException {
    traffic.longestWait();
    Kubectl.run("scale", "dlc/" + Cluster.NAME, "-n", one.namespace(), "--replicas=" + replicas);
    Duration took = one.awaitSettled(PATIENCE);
    traffic.awaitAppends(QUICK);
    return "settled after %s; the longest an append took: %s"
        .formatted(Steps.text(took), Steps.text(traffic.longestWait()));
  }
}

package io.dislog.operator.e2e;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** How a cluster begins and ends, and what is read back of it in between. For one thread. */
final class Lifespan {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Settings settings;
  private final Cluster cluster;

  Lifespan(Settings settings, Cluster cluster) {
    this.settings = settings;
    this.cluster = cluster;
  }

  String apply(String sample, int nodes) throws IOException, InterruptedException {
    cluster.makeNamespace();
    long begun = System.nanoTime();
    cluster.apply(settings.project().resolve(sample));
    Door door = cluster.door();
    Waiting.until(
        "an append is acknowledged",
        PATIENCE,
        () -> door.send("POST", "/v1/logs/orders/records", Map.of(), "first").status() == 201);
    Duration appended = Duration.ofNanos(System.nanoTime() - begun);
    Waiting.until("all pods are ready", PATIENCE, () -> cluster.readyPods() == nodes);
    Duration ready = Duration.ofNanos(System.nanoTime() - begun);
    cluster.awaitSettled(PATIENCE);
    return "all pods ready after %s, the first append after %s"
        .formatted(Steps.text(ready), Steps.text(appended));
  }

  String readBack(Traffic traffic) throws InterruptedException {
    return traffic.readBack(cluster.door()) + " records, byte for byte";
  }

  /** Everything goes but the claims that are to stay. */
  String delete(int claims) throws InterruptedException {
    cluster.delete();
    Duration took =
        Waiting.until(
            "no pod is left and %d claims are".formatted(claims),
            PATIENCE,
            () -> cluster.pods().isEmpty() && cluster.claims().size() == claims);
    return "after " + Steps.text(took);
  }
}

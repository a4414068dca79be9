package io.dislog.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * What a cluster goes through whose volumes fill up at ten megabytes a second, with a reader and a
 * consumer beside. For one thread.
 */
final class FullVolumes {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration FULL = Duration.ofMinutes(2);
  private static final Duration IN_FORCE = Duration.ofSeconds(10);
  private static final Duration ROOM = Duration.ofSeconds(15);
  private static final String LOG = "orders";

  private final Steps steps;
  private final Cluster cluster;

  FullVolumes(Steps steps, Cluster cluster) {
    this.steps = steps;
    this.cluster = cluster;
  }

  /**
   * @param size of each volume in MiB
   */
  void live(int nodes, int size) throws IOException, InterruptedException {
    String of = "%d node(s) of %dMi".formatted(nodes, size);
    steps.step(of + " are applied", () -> apply(nodes, size));
    Filler filler = new Filler(cluster.door(), LOG);
    Bystander bystander = new Bystander(cluster.door(), LOG);
    List<Thread> threads =
        List.of(Thread.ofVirtual().start(filler), Thread.ofVirtual().start(bystander));
    try {
      steps.step(of + " are filled", () -> fill(filler, true));
      steps.step("less is kept", () -> keepLess(filler));
      steps.step("they are filled again", () -> fillAgain(filler));
      steps.step("their volumes grow", () -> grow(filler, 2 * size));
    } finally {
      filler.stop();
      bystander.stop();
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(bystander.failures()).as("reads and moves that failed").isEmpty();
    assertThat(bystander.moves()).isGreaterThan(50);
    assertThat(filler.failure()).as("appends that were neither taken nor 507").isNull();
    steps.step(of + " are deleted", this::delete);
  }

  private String apply(int nodes, int size) throws IOException, InterruptedException {
    cluster.makeNamespace();
    Kubectl.apply(
        """
        apiVersion: dislog.io/v1alpha1
        kind: DislogCluster
        metadata: {name: demo}
        spec:
          replicas: %d
          shards: 2
          storage: {size: %dMi, whenDeleted: Delete}
          segment: {maxBytes: 4Mi}
          retention: {maxAge: none, maxBytes: none}
          logs: [{name: %s}]
        """
            .formatted(nodes, size, LOG),
        "-n",
        cluster.namespace());
    Duration took = cluster.awaitSettled(PATIENCE);
    Door door = cluster.door();
    Waiting.until(
        "the log is there",
        PATIENCE,
        () -> Cluster.read(door, "/v1/logs/" + LOG).path("name").asText().equals(LOG));
    return "settled after " + Steps.text(took);
  }

  /**
   * @param shown whether pressure must be shown before the first append is refused
   */
  private String fill(Filler filler, boolean shown) throws InterruptedException {
    long begun = System.nanoTime();
    String first = "";
    if (shown) {
      Duration pressure =
          Waiting.until(
              "pressure is shown",
              FULL,
              () -> cluster.is("StoragePressure") || filler.wasRefusedSince(begun));
      assertThat(filler.wasRefusedSince(begun))
          .as("an append was refused before pressure was shown")
          .isFalse();
      first = "pressure shown after %s, ".formatted(Steps.text(pressure));
    }
    Duration refused =
        Waiting.until("an append is refused", FULL, () -> filler.wasRefusedSince(begun));
    assertThat(cluster.readyPods()).isEqualTo(cluster.pods().size());
    return first + "the first 507 %s later".formatted(Steps.text(refused));
  }

  private String keepLess(Filler filler) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    Door door = cluster.door();
    cluster.patch("{\"spec\":{\"retention\":{\"maxBytes\":\"16Mi\"}}}");
    Duration inForce =
        Waiting.until(
            "it is in force",
            IN_FORCE,
            () ->
                Cluster.read(door, "/v1/logs/" + LOG).at("/config/retention/maxBytes").asLong()
                    == 16 << 20);
    Waiting.until("appends go on", ROOM, () -> filler.wasTakenSince(begun));
    Duration room = Duration.ofNanos(System.nanoTime() - begun);
    assertThat(room).isLessThan(ROOM);
    return "in force after %s, appends went on after %s"
        .formatted(Steps.text(inForce), Steps.text(room));
  }

  private String fillAgain(Filler filler) throws InterruptedException {
    cluster.patch("{\"spec\":{\"retention\":{\"maxBytes\":\"none\"}}}");
    return fill(filler, false);
  }

  private String grow(Filler filler, int size) throws InterruptedException {
    long begun = System.nanoTime();
    cluster.patch("{\"spec\":{\"storage\":{\"size\":\"%dMi\"}}}".formatted(size));
    Duration took = Waiting.until("appends go on", ROOM, () -> filler.wasTakenSince(begun));
    return "appends went on after " + Steps.text(took);
  }

  private String delete() throws InterruptedException {
    cluster.delete();
    Duration took =
        Waiting.until(
            "nothing of it is left",
            PATIENCE,
            () -> cluster.pods().isEmpty() && cluster.claims().isEmpty());
    return "after " + Steps.text(took);
  }
}

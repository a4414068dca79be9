package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.kit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes whose disks fill up: what goes on, what does not, and what makes room. */
@Tag("slow")
final class FullClusterIT {

  private static final int DISK_MEBIBYTES = 128;
  private static final int RESERVE_MEBIBYTES = 8;
  private static final int RECORD_BYTES = 200 << 10;
  private static final int MAX_RECORDS = 2000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What a user waits for room at most, once it is said that less is to be kept. */
  private static final Duration ROOM = Duration.ofSeconds(15);

  private final AtomicReference<@Nullable Cluster> running = new AtomicReference<>();
  private int turn;

  @Test
  void allButAppendsGoesOnThroughEveryNode(@TempDir Path folder) throws Exception {
    try (Cluster three =
        new Cluster(
            3,
            DISK_MEBIBYTES,
            folder,
            "dislog.raft.shards=1",
            "dislog.storage.reserve=%dMi".formatted(RESERVE_MEBIBYTES),
            "dislog.retention.interval=1h")) {
      running.set(three);
      assumeThat(three.node(1).disk().isSmall()).isTrue();
      three.start();
      // Else retention makes room before the disks are full.
      any().patch("/v1/defaults", "{\"retention\":{\"maxAge\":\"none\"}}").is(200);
      any().put("/v1/logs/orders", "{\"segment\":{\"maxBytes\":\"1Mi\"}}").is(201);
      any().append("orders", Api.BYTES, new byte[RECORD_BYTES]).is(201);
      checkFullFollower();
      try (Readers readers = new Readers()) {
        fill();
        checkFull();
        makeRoom();
        checkEarlyRetention();
        readers.check();
      }
    }
  }

  /** Where one node of several has no room, no shard's leader may write to it. */
  private void checkFullFollower() throws Exception {
    ClusterNode full = cluster().node(3);
    Ballast ballast = new Ballast(full.disk());
    ballast.leave((RESERVE_MEBIBYTES << 20) * 3L / 4);
    Await.until("appends end", PATIENCE, () -> append() == 507);
    assertThat(full.isReady()).isTrue();
    assertThat(full.isFull()).isTrue();
    for (ClusterNode node : cluster().nodes()) {
      checkServes(node);
    }
    ballast.remove();
    Await.until("appends go on", PATIENCE, () -> append() == 201);
  }

  private void fill() throws Exception {
    int records = 0;
    int refused = 0;
    while (refused < 10) {
      refused = append() == 201 ? 0 : refused + 1;
      assertThat(records++).as("the disks fill up").isLessThan(MAX_RECORDS);
    }
    assertThat(records).isGreaterThan(30);
  }

  private void checkFull() throws Exception {
    Await.until(
        "a node is full, and all are ready",
        PATIENCE,
        () -> {
          List<String> states = states();
          return states.contains("full")
              && cluster().nodes().stream().allMatch(ClusterNode::isReady);
        });
    for (ClusterNode node : cluster().nodes()) {
      checkServes(node);
      // What the raft logs give back between two looks is filled, too.
      Await.until(
          "node %s takes neither records nor logs".formatted(node.id()),
          PATIENCE,
          () ->
              node.api().append("orders", Api.BYTES, new byte[RECORD_BYTES]).status() == 507
                  && node.api().put("/v1/logs/new-" + node.id(), "{}").status() == 507);
    }
  }

  private static void checkServes(ClusterNode node) throws IOException, InterruptedException {
    Api api = node.api();
    api.get(Api.records("orders") + "?offset=earliest&limit=1").is(200);
    int status = api.put("/v1/logs/orders/consumers/" + node.id(), "{\"offset\":1}").status();
    assertThat(status).isIn(200, 201);
    api.get("/v1/logs/orders/retention/plan").is(200);
    assertThat(api.delete(Api.records("orders") + "?before=1").status()).isEqualTo(200);
  }

  /** The states of the volumes, as some node tells of all. */
  private List<String> states() throws IOException, InterruptedException {
    JsonNode view = any().get("/v1/cluster").is(200).json();
    assertThat(view.path("cluster").asText()).hasSize(36);
    assertThat(view.path("shards").get(0).path("lag").size()).isPositive();
    return view.path("nodes").findValuesAsText("state");
  }

  /** Less is kept, and nobody runs retention by hand. */
  private void makeRoom() throws Exception {
    long begin = System.nanoTime();
    any().patch("/v1/defaults", "{\"retention\":{\"maxBytes\":\"8Mi\"}}").is(200);
    Await.until("appends go on", ROOM, () -> append() == 201);
    System.out.printf(
        "full disks of three nodes: appends went on %d ms after less was to be kept%n",
        (System.nanoTime() - begin) / 1_000_000);
  }

  /** More is appended than the disks hold, to a log that a limit would empty in a week. */
  private void checkEarlyRetention() throws Exception {
    any()
        .patch("/v1/logs/orders", "{\"retention\":{\"maxAge\":\"7d\",\"maxBytes\":\"none\"}}")
        .is(200);
    long begin = System.nanoTime();
    int acknowledged = 0;
    int refused = 0;
    while (acknowledged * (long) RECORD_BYTES < (2L * DISK_MEBIBYTES) << 20) {
      if (append() == 201) {
        acknowledged++;
      } else {
        refused++;
        Thread.sleep(50); // As a client does that is to try again later.
      }
      assertThat(System.nanoTime() - begin).isLessThan(2 * PATIENCE.toNanos());
    }
    System.out.printf(
        "twice the disks' size was appended in %d ms, with %d refusals%n",
        (System.nanoTime() - begin) / 1_000_000, refused);
  }

  private int append() throws IOException, InterruptedException {
    return any().append("orders", Api.BYTES, new byte[RECORD_BYTES]).status();
  }

  private Cluster cluster() {
    return Objects.requireNonNull(running.get(), "it is not made");
  }

  private Api any() {
    return cluster().node(1 + turn++ % 3).api();
  }

  /** Reads and moves a consumer through all nodes in turn, and remembers what failed. */
  private final class Readers implements AutoCloseable {

    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final Thread thread = Thread.ofVirtual().start(this::run);
    private volatile boolean over;
    private final AtomicInteger done = new AtomicInteger();

    private void run() {
      while (!over) {
        Api api = cluster().node(1 + done.get() % 3).api();
        try {
          Answer read = api.get(Api.records("orders") + "?offset=0&limit=1&clamp=true");
          Answer moved =
              api.put("/v1/logs/orders/consumers/c", "{\"offset\":%d}".formatted(done.get()));
          if (read.status() != 200 || (moved.status() / 100 != 2 && moved.status() != 416)) {
            failures.add(read.status() + ", " + moved.status() + ": " + moved.text());
          }
          done.incrementAndGet();
          Thread.sleep(20);
        } catch (IOException e) {
          failures.add(e.toString());
        } catch (InterruptedException e) {
          return;
        }
      }
    }

    void check() {
      assertThat(failures).isEmpty();
      assertThat(done.get()).isGreaterThan(20);
    }

    @Override
    public void close() {
      over = true;
      while (thread.isAlive()) {
        LockSupport.parkNanos(1_000_000);
      }
    }
  }
}

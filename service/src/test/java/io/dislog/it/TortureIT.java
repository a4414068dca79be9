package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.history.Finding;
import io.dislog.history.Kind;
import io.dislog.history.Operation;
import io.dislog.history.Operation.Append;
import io.dislog.history.Operation.Read;
import io.dislog.history.Outcome.At;
import io.dislog.kit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can happen to the service while it works, and nothing wrong with its answers. */
final class TortureIT {

  private static final String ASKED = "torture.minutes";
  private static final int MUCH = 40;

  /** Readers who wait get their answers before they give up. */
  private static final String[] SETTINGS = {
    "dislog.raft.shards=4", "dislog.stream.long-poll-timeout=1s", "dislog.stream.sse-lifetime=1s"
  };

  private static final Duration ONE_NODE = Duration.ofSeconds(20);
  private static final Duration THREE_NODES = Duration.ofSeconds(60);
  private static final Duration FIVE_NODES = Duration.ofMinutes(3);

  @Test
  @Timeout(value = 25, unit = TimeUnit.MINUTES)
  @DisabledIfSystemProperty(named = ASKED, matches = ".+")
  void threeNodesKeepTheirPromises(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
      throws Exception {
    torture(3, THREE_NODES, folder);
  }

  @Test
  @Tag("slow")
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  @DisabledIfSystemProperty(named = ASKED, matches = ".+")
  void fiveNodesKeepTheirPromises(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
      throws Exception {
    torture(5, FIVE_NODES, folder);
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  @DisabledIfSystemProperty(named = ASKED, matches = ".+")
  void oneNodeKeepsItsPromises(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
      throws Exception {
    torture(1, ONE_NODE, folder);
  }

  /** The harness itself: what it finds where the data are put back to what they once were. */
  @Test
  @DisabledIfSystemProperty(named = ASKED, matches = ".+")
  void aNodeWhoseDataGoBackIsFound(@TempDir Path folder) throws Exception {
    try (Cluster cluster = new Cluster(1, folder).start()) {
      ClusterNode node = cluster.node(1);
      Play play = new Play(cluster, "back", 1);
      play.awaitAppends();
      Path older = folder.resolve("older");
      node.kill();
      copy(node.process().data(), older);
      node.awaitReady();
      for (int i = 0; i < 20; i++) {
        play.awaitAppends();
      }
      node.kill();
      node.wipe();
      copy(older, node.process().data());
      node.awaitReady();
      long since = System.nanoTime();
      Await.until(
          "there is load on what is there now", () -> isLoaded(play.history().operations(), since));
      List<Finding> findings = play.end();
      assertThat(findings.stream().map(Finding::kind).collect(Collectors.toSet()))
          .contains(Kind.LOST, Kind.STALE, Kind.TWO_VALUES);
    }
  }

  /** Whether appends were taken, and reads answered, that began since then. */
  private static boolean isLoaded(List<Operation> operations, long since) {
    int appends = 0;
    int reads = 0;
    for (Operation operation : operations) {
      if (operation.call().start() - since > 0) {
        appends += operation instanceof Append append && append.outcome() instanceof At ? 1 : 0;
        reads += operation instanceof Read read && read.fresh() ? 1 : 0;
      }
    }
    return Math.min(appends, reads) >= MUCH;
  }

  /** By {@code ./dislog torture}. */
  @Test
  @Timeout(value = 1, unit = TimeUnit.DAYS)
  @EnabledIfSystemProperty(named = ASKED, matches = "\\d+")
  void asLongAsIsAsked(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
    torture(
        Integer.getInteger("torture.nodes", 3),
        Duration.ofMinutes(Integer.getInteger(ASKED, 1)),
        folder);
  }

  private static void torture(int nodes, Duration length, Path folder) throws Exception {
    long seed = Long.getLong("torture.seed", System.nanoTime());
    System.out.printf(
        "torture of %d node%s for %d s, seed %d%n",
        nodes, nodes == 1 ? "" : "s", length.toSeconds(), seed);
    try (Cluster cluster = new Cluster(nodes, folder, SETTINGS).start()) {
      new Torture(cluster, faults(), folder, seed, System.out).run(length);
    }
  }

  /** Those that were asked for by name, or all. */
  private static List<Fault> faults() {
    String names = System.getProperty("torture.faults", "");
    return names.isEmpty()
        ? List.of(Fault.values())
        : Stream.of(names.split(",")).map(Fault::valueOf).toList();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}

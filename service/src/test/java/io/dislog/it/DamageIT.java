package io.dislog.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a disk did to one node's logs is fetched from the others, while that node serves the rest.
 */
final class DamageIT {

  private static final int NODES = 3;
  private static final int RECORDS = 100;
  private static final Duration HEALED = Duration.ofMinutes(2);
  private static final int DAMAGED = 3;
  private static final List<String> LOGS = List.of("sealed", "active", "journal", "well");

  @Test
  void damagedLogsAreHealed(@TempDir Path folder) throws Exception {
    try (Cluster cluster = new Cluster(NODES, folder, "dislog.raft.shards=1").start()) {
      for (String log : LOGS) {
        fill(cluster, log);
      }
      ClusterNode node = cluster.follower(new Random(1));
      node.stop();
      damage(files(node, "sealed", ".store").getFirst());
      damage(files(node, "active", ".store").getLast());
      files(node, "journal", ".journal").forEach(DamageIT::damage);

      node.awaitReady();
      new FinalReading(cluster).readAll(node);
      Await.until(
          () -> node.id() + " is healed, which says " + node.lastWord(),
          HEALED,
          () -> !node.isDamaged() && node.metric("dislog_shard_healed_logs_total") == DAMAGED);
      assertThat(node.metric("dislog_shard_damaged_logs")).isZero();
      for (String log : LOGS) {
        assertThat(values(node, log)).isEqualTo(values(cluster.leader(new Random(1)), log));
      }
    }
  }

  private static void fill(Cluster cluster, String log) throws Exception {
    String small = "{\"segment\":{\"maxBytes\":\"4Ki\"}}";
    Api api = cluster.node(1).api();
    assertThat(api.insist(each -> each.put("/v1/logs/" + log, small)).status()).isBetween(200, 201);
    for (int i = 0; i < RECORDS; i++) {
      byte[] value = (log + " " + "x".repeat(200) + " " + i).getBytes(UTF_8);
      api.insist(each -> each.append(log, "application/octet-stream", value)).is(201);
    }
  }

  private static List<Path> files(ClusterNode node, String log, String suffix) throws Exception {
    Path folder = node.process().data().resolve("shards/0/logs").resolve(log);
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(suffix))
          .sorted(Comparator.naturalOrder())
          .toList();
    }
  }

  private static void damage(Path file) {
    try {
      Files.write(file, new byte[(int) Files.size(file)]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String values(ClusterNode node, String log) throws Exception {
    String path = Api.records(log) + "?limit=1000&maxBytes=4Mi&consistency=local";
    return new String(node.api().insist(api -> api.get(path)).is(200).body(), UTF_8);
  }
}

package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node of a new cluster can do from the moment on at which it says that it is ready. */
final class FreshClusterIT {

  private static final int LOGS = 24;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void logsOfAllShardsAreCreatedThroughANodeThatJustBecameReady(@TempDir Path folder)
      throws Exception {
    try (Cluster cluster = new Cluster(3, folder, "dislog.raft.shards=8");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (ClusterNode node : cluster.nodes()) {
        node.launch();
      }
      List<Future<List<Answer>>> nodes = new ArrayList<>();
      for (ClusterNode node : cluster.nodes()) {
        nodes.add(threads.submit(createsWhenReady(node)));
      }
      for (Future<List<Answer>> node : nodes) {
        assertThat(node.get())
            .hasSize(LOGS)
            .extracting(answer -> answer.status() == 201 ? "201" : answer.text())
            .containsOnly("201");
      }
    }
  }

  /** So many names that every shard has some. */
  private static Callable<List<Answer>> createsWhenReady(ClusterNode node) {
    return () -> {
      Await.until(() -> node.id() + " is ready", PATIENCE, node::isReady);
      List<Answer> answers = new ArrayList<>();
      for (int log = 0; log < LOGS; log++) {
        answers.add(node.api().put("/v1/logs/%s-%d".formatted(node.id(), log), "{}"));
      }
      return answers;
    };
  }
}

package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import java.nio.file.Files;
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
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** Where a node is paused for seconds, no shard that it led has a leader for as long. */
  private static final int ATTEMPTS = 3;

  @Test
  void logsOfAllShardsAreCreatedThroughANodeThatJustBecameReady(@TempDir Path folder)
      throws Exception {
    List<String> refused = List.of();
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      refused = refused(Files.createDirectory(folder.resolve("" + attempt)));
      if (refused.isEmpty()) {
        break;
      }
      System.out.printf("a fresh cluster refused %d creations: %s%n", refused.size(), refused);
    }
    assertThat(refused).isEmpty();
  }

  /** What a cluster says that does not create a log. */
  private static List<String> refused(Path folder) throws Exception {
    try (Cluster cluster = new Cluster(3, folder, "dislog.raft.shards=8");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (ClusterNode node : cluster.nodes()) {
        node.launch();
      }
      List<Future<List<String>>> nodes = new ArrayList<>();
      for (ClusterNode node : cluster.nodes()) {
        nodes.add(threads.submit(createsWhenReady(node)));
      }
      List<String> refused = new ArrayList<>();
      for (Future<List<String>> node : nodes) {
        refused.addAll(node.get());
      }
      return refused;
    }
  }

  /** So many names that every shard has some. */
  private static Callable<List<String>> createsWhenReady(ClusterNode node) {
    return () -> {
      Await.until(() -> node.id() + " is ready", PATIENCE, node::isReady);
      List<String> refused = new ArrayList<>();
      for (int log = 0; log < LOGS; log++) {
        List<Answer> answers = create(node, "/v1/logs/%s-%d".formatted(node.id(), log));
        int status = answers.getLast().status();
        if (status != 201 && (status != 200 || answers.size() == 1)) {
          refused.add(answers.toString());
        }
      }
      return refused;
    };
  }

  /** Again where nobody knows whether it was done: its leader hung, or went away. */
  private static List<Answer> create(ClusterNode node, String log) throws Exception {
    List<Answer> answers = new ArrayList<>();
    Await.until(
        () -> log + " is created, or refused for certain, and not " + answers,
        () -> {
          Answer answer = node.api().within(Await.PATIENCE).put(log, "{}");
          answers.add(answer);
          return answer.status() != 503 || answer.header("Dislog-Not-Leader") != null;
        });
    return answers;
  }
}

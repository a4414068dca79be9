package io.dislog.raft.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.dislog.kit.FileTree;
import io.dislog.raft.TestCluster;
import io.dislog.raft.TestNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All nodes of a cluster say the same UUID, whatever becomes of them. */
final class AgreedIdTest {

  @TempDir Path directory;

  @Test
  void theClusterHasOneIdThatOutlivesItsNodes() throws IOException {
    try (TestCluster cluster = TestCluster.ofThree(directory)) {
      UUID id = awaitOne(cluster.nodes);

      TestNode wiped = cluster.get(0); // The one that made it.
      wiped.close();
      FileTree.delete(wiped.directory());
      wiped.start();
      assertThat(awaitOne(cluster.nodes)).isEqualTo(id);

      for (TestNode node : cluster.nodes) {
        node.close();
      }
      for (TestNode node : cluster.nodes) {
        // As an earlier version left it, but for one that keeps what all had.
        if (node != cluster.get(2)) {
          Files.delete(node.directory().resolve("cluster-id"));
        }
        node.start();
      }
      assertThat(awaitOne(cluster.nodes)).isEqualTo(id);
    }
  }

  @Test
  void aNodeThatIsAddedTakesItOverAndOneThatIsRemovedForgetsIt() throws IOException {
    try (TestCluster cluster = new TestCluster(directory, 1, 2)) {
      cluster.get(0).start();
      UUID id = awaitOne(List.of(cluster.get(0)));
      cluster.get(1).start();
      TestCluster.add(cluster.get(0), cluster.get(1));
      assertThat(awaitOne(cluster.nodes)).isEqualTo(id);

      TestCluster.remove(cluster.get(0), cluster.get(1));

      Await.until("it forgets", () -> cluster.get(1).node().clusterId().isEmpty());
      assertThat(awaitOne(List.of(cluster.get(0)))).isEqualTo(id);
    }
  }

  private static UUID awaitOne(List<TestNode> nodes) {
    Await.until(
        "all say the same",
        () ->
            nodes.stream().map(node -> node.node().clusterId()).distinct().count() == 1
                && nodes.getFirst().node().clusterId().isPresent());
    return nodes.getFirst().node().clusterId().orElseThrow();
  }
}

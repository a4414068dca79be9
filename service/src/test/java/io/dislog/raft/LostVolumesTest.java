package io.dislog.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes whose volumes are all new, where there was a cluster. */
final class LostVolumesTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void noEmptyClusterBeginsBeforeSomebodySaysSo(int count) throws Exception {
    try (TestCluster cluster = new TestCluster(directory, count, count)) {
      for (TestNode node : cluster.nodes) {
        node.mayBegin(false).start();
      }
      Await.until(
          "they say why",
          () ->
              cluster.nodes.stream()
                  .allMatch(node -> node.node().health().why().contains("dislog.raft.may-begin")));
      assertThat(cluster.nodes).noneMatch(TestNode::takesPart);
      for (TestNode node : cluster.nodes) {
        node.close();
        node.mayBegin(true).start();
      }
      cluster.awaitLeaders();
    }
  }
}

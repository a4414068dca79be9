package io.dislog.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster, and its nodes' processes. */
final class ClusterProcessTest {

  private static final int KILLED = 128 + 9;

  @TempDir Path folder;
  private final List<String> options = new ArrayList<>();
  private ClusterProcess cluster;

  @BeforeEach
  void make() {
    cluster =
        new ClusterProcess(
            ClusterProcess.onFreePorts(3),
            folder,
            (number, settings) -> {
              List<String> all = new ArrayList<>(settings);
              all.addAll(options);
              return StubService.process(all);
            });
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  @Test
  void allNodesKnowEachOther() throws IOException {
    cluster.launch();
    cluster.awaitReady(Await.PATIENCE);
    List<Member> members = cluster.members();
    String peers =
        "n1=%s,n2=%s,n3=%s"
            .formatted(
                members.get(0).address(), members.get(1).address(), members.get(2).address());
    assertThat(cluster.nodes())
        .hasSize(3)
        .allMatch(node -> node.output().startsWith("with " + peers));
    assertThat(folder.resolve("n2.log")).isEqualTo(cluster.output(2)).exists();
  }

  @Test
  void aNodeThatWasKilledStartsAgain() throws IOException {
    cluster.launch();
    cluster.awaitReady(Await.PATIENCE);
    NodeProcess killed = cluster.node(2);
    killed.kill();
    assertThat(killed.isAlive()).isFalse();
    assertThat(killed.exitCode()).isEqualTo(KILLED);
    assertThat(killed.isReady()).isFalse();
    cluster.launch(2);
    cluster.node(2).awaitReady(Await.PATIENCE);
    assertThat(cluster.node(2).member()).isEqualTo(killed.member());
  }

  @Test
  void whatEndsBeforeItIsReadySaysWhy() throws IOException {
    options.add("-Dstub.fails=true");
    cluster.launch(1);
    assertThatThrownBy(() -> cluster.awaitReady(Await.PATIENCE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("n1 did not get ready and ended with code 1; it said")
        .hasMessageContaining("it fails");
  }

  @Test
  void allStopWhenTheyAreAskedToAndNoneStartsAfterwards() throws IOException {
    cluster.launch();
    cluster.awaitReady(Await.PATIENCE);
    cluster.stop();
    cluster.launch(1);
    assertThat(cluster.nodes()).hasSize(3).noneMatch(NodeProcess::isAlive);
  }

  @Test
  void aNodeByItselfListensAndStops() throws IOException {
    Member member = Member.onFreePorts("alone");
    try (NodeProcess node =
        NodeProcess.start(StubService.process(member.alone()), member, folder.resolve("output"))) {
      node.awaitListening(Await.PATIENCE);
      assertThat(node.output()).startsWith("with no others");
      assertThat(node.stop(Await.PATIENCE)).isTrue();
      assertThat(node.isListening()).isFalse();
    }
  }
}

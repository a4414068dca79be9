package io.dislog.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./dislog cluster}, from its begin to its end. */
final class ClusterCommandIT {

  private static final Path SCRIPT = Path.of("..", "dislog").toAbsolutePath().normalize();
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int SIGTERM = 128 + 15;

  @TempDir Path folder;
  private final List<ProcessHandle> nodes = new ArrayList<>();
  private Network network;
  private Process command;

  /** In a network of its own, where there can be one: its ports are fixed. */
  @BeforeEach
  void start() throws IOException {
    network = new Network(1);
    List<String> arguments = new ArrayList<>(network.within(1));
    arguments.addAll(List.of(SCRIPT.toString(), "cluster", "3", "--dislog.raft.shards=2"));
    command =
        new ProcessBuilder(arguments)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
  }

  @AfterEach
  void end() {
    command.children().forEach(ProcessHandle::destroyForcibly);
    nodes.forEach(ProcessHandle::destroyForcibly);
    command.destroyForcibly().onExit().join();
    network.close();
  }

  @Test
  void threeNodesStartOneIsLostAndAllStop() {
    await("out", "Ctrl-C stops them all.\n");
    assertThat(said("out"))
        .isEqualTo(
            """

              node  API                     health and metrics      what it says
              n1    localhost:8081          localhost:9001          data/cluster/n1.log
              n2    localhost:8082          localhost:9002          data/cluster/n2.log
              n3    localhost:8083          localhost:9003          data/cluster/n3.log

            Each node takes every request. For example:

              curl -X PUT localhost:8081/v1/logs/orders && curl localhost:8083/v1/logs/orders

            Ctrl-C stops them all.
            """);
    nodes.addAll(command.children().toList());
    assertThat(nodes).hasSize(3);
    assertThat(folder.resolve("data/cluster")).isDirectoryContaining("glob:**/n3");

    nodes.get(1).destroyForcibly();
    await("err", "Node n");
    await("err", "\n  ");
    assertThat(said("err"))
        .containsPattern(
            "Node n[123] has ended with code 137. The end of data/cluster/n[123].log:");
    assertThat(command.isAlive()).isTrue();

    command.destroy();
    Await.until(this::all, PATIENCE, () -> !command.isAlive());
    assertThat(command.exitValue()).isEqualTo(SIGTERM);
    assertThat(said("err")).endsWith("\nStopping\n");
    assertThat(nodes).noneMatch(ProcessHandle::isAlive);
  }

  private void await(String file, String text) {
    Await.until(this::all, PATIENCE, () -> said(file).contains(text) || !command.isAlive());
    assertThat(said(file)).as(this::all).contains(text);
  }

  private String all() {
    return "it said%n%s%n%s".formatted(said("out"), said("err"));
  }

  private String said(String file) {
    try {
      return Files.readString(folder.resolve(file), UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }
}

package io.dislog.operator.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dislog.operator.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One node, which starts again and again on the same data and ports. For one thread. */
final class NodeProcess {

  private final String id;
  private final Path folder;
  private final int http;
  private final int management;
  private final int raft;
  private @Nullable Process process;

  /**
   * @param folder for its data and what it prints
   */
  NodeProcess(String id, Path folder) {
    this.id = id;
    this.folder = folder;
    http = FreePort.next();
    management = FreePort.next();
    raft = FreePort.next();
  }

  String id() {
    return id;
  }

  /** Where its API is. */
  URI base() {
    return URI.create("http://127.0.0.1:" + http);
  }

  /** As the cluster has it: {@code host:raftPort:httpPort}. */
  String address() {
    return "127.0.0.1:%d:%d".formatted(raft, http);
  }

  /**
   * Starts it, and waits for nothing.
   *
   * @param peers the first members, as {@code dislog.raft.peers} has them
   * @param further properties, {@code name=value}
   */
  void start(String peers, List<String> further) throws IOException {
    List<String> properties = new ArrayList<>();
    properties.add("-Dquarkus.http.host=127.0.0.1");
    properties.add("-Dquarkus.http.port=" + http);
    properties.add("-Dquarkus.management.host=127.0.0.1");
    properties.add("-Dquarkus.management.port=" + management);
    properties.add("-Ddislog.data-dir=" + data());
    properties.add("-Ddislog.replication=raft");
    properties.add("-Ddislog.raft.node-id=" + id);
    properties.add("-Ddislog.raft.peers=" + peers);
    properties.add("-Ddislog.raft.port=" + raft);
    further.forEach(property -> properties.add("-D" + property));
    Files.createDirectories(folder);
    process =
        new ProcessBuilder(Packaged.service(properties))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
            .start();
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Ends it at once, as {@code kill -9} does. */
  void kill() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }

  /** Asks it to end, as Kubernetes does, and waits until it has. */
  void stop() {
    if (process != null) {
      process.destroy();
      process.onExit().join();
    }
  }

  /** Takes all away that it has stored. It must not run. */
  void wipe() throws IOException {
    if (Files.exists(data())) {
      try (Stream<Path> files = Files.walk(data())) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** What it has printed. */
  String said() {
    try {
      return Files.exists(output()) ? Files.readString(output(), UTF_8) : "nothing";
    } catch (IOException e) {
      return e.toString();
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path output() {
    return folder.resolve("output.txt");
  }
}

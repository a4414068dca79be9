package io.dislog.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that replicate to each other, each a process in a place of its own with a disk of its own;
 * or a single node, which replicates nothing.
 */
final class Cluster implements AutoCloseable {

  private static final int DISK_MEBIBYTES = 1024;
  private static final int HTTP = 0;
  private static final int MANAGEMENT = 1;
  private static final int RAFT = 2;
  private static final Duration LEADER = Duration.ofSeconds(30);

  private final Network network;
  private final int diskMebibytes;
  private final List<ClusterNode> nodes = new ArrayList<>();
  private final List<int[]> ports = new ArrayList<>();
  private final Thread removing = new Thread(this::remove);

  /**
   * Makes one that is not started yet.
   *
   * @param size its nodes
   * @param folder for their data and what they print
   * @param settings of each node, "name=value"
   */
  Cluster(int size, Path folder, String... settings) throws IOException {
    this(size, DISK_MEBIBYTES, folder, settings);
  }

  /** Makes one whose nodes have disks of that many MiB. */
  Cluster(int size, int diskMebibytes, Path folder, String... settings) throws IOException {
    this.diskMebibytes = diskMebibytes;
    Runtime.getRuntime().addShutdownHook(removing);
    network = new Network(size);
    for (int number = 1; number <= size; number++) {
      ports.add(network.isIsolated() ? new int[] {8080, 9000, 9700} : freePorts());
    }
    for (int number = 1; number <= size; number++) {
      nodes.add(node(number, Files.createDirectory(folder.resolve("n" + number)), settings));
    }
  }

  Network network() {
    return network;
  }

  List<ClusterNode> nodes() {
    return nodes;
  }

  ClusterNode node(int number) {
    return nodes.get(number - 1);
  }

  ClusterNode any(Random random) {
    return nodes.get(random.nextInt(nodes.size()));
  }

  /** How many may fail at once without harm. */
  int minority() {
    return (nodes.size() - 1) / 2;
  }

  /** Starts all, or closes it where they don't become ready. */
  Cluster start() throws Exception {
    try {
      for (ClusterNode node : nodes) {
        node.launch();
      }
      awaitReady();
      return this;
    } catch (Exception | AssertionError e) {
      nodes.forEach(node -> System.out.printf("%s said:%n%s%n", node.id(), node.lastOutput()));
      close();
      throw e;
    }
  }

  /** Starts what does not run, and waits until all are ready. */
  void awaitReady() throws Exception {
    for (ClusterNode node : nodes) {
      node.launch(); // All of them, for none is ready without the others.
    }
    for (ClusterNode node : nodes) {
      node.awaitReady();
    }
  }

  /** The leader of one of the shards, as some node says; a single node leads. */
  ClusterNode leader(Random random) throws Exception {
    if (nodes.size() == 1) {
      return nodes.getFirst();
    }
    List<ClusterNode> found = new ArrayList<>();
    Await.until(
        "a node knows a leader",
        LEADER,
        () -> {
          ClusterNode leader = leader(any(random), random);
          if (leader != null) {
            found.add(leader);
          }
          return leader != null;
        });
    return found.getFirst();
  }

  ClusterNode follower(Random random) throws Exception {
    ClusterNode leader = leader(random);
    List<ClusterNode> others = nodes.stream().filter(node -> node != leader).toList();
    return others.isEmpty() ? leader : others.get(random.nextInt(others.size()));
  }

  /** What all nodes have printed. */
  String output() {
    return nodes.stream()
        .map(node -> "===== %s\n%s".formatted(node.id(), node.process().allOutput()))
        .collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    remove();
    network.close();
    Runtime.getRuntime().removeShutdownHook(removing);
  }

  private @Nullable ClusterNode leader(ClusterNode asked, Random random) {
    try {
      Answer answer = asked.api().get("/v1/cluster");
      JsonNode shards = answer.json().path("shards");
      if (answer.status() != 200 || shards.isEmpty()) {
        return null;
      }
      String leader = shards.get(random.nextInt(shards.size())).path("leader").asText("");
      return nodes.stream().filter(node -> node.id().equals(leader)).findFirst().orElse(null);
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private ClusterNode node(int number, Path folder, String... settings) throws IOException {
    Room disk = Room.ofMebibytes(folder.resolve("disk"), diskMebibytes);
    Shim shim = new Shim(folder);
    DislogProcess process = new DislogProcess(disk.folder().resolve("data"), folder);
    String address = network.address(number);
    int[] own = ports.get(number - 1);
    process
        .within(network.within(number))
        .environment(shim.environment(disk.folder()))
        .with("quarkus.http.host", address)
        .with("quarkus.http.port", "" + own[HTTP])
        .with("quarkus.management.host", address)
        .with("quarkus.management.port", "" + own[MANAGEMENT])
        .with("dislog.storage.reserve", "16Mi")
        .jvm("-Xmx400m");
    if (ports.size() > 1) {
      process
          .with("dislog.replication", "raft")
          .with("dislog.raft.node-id", "n" + number)
          .with("dislog.raft.peers", peers())
          .with("dislog.raft.port", "" + own[RAFT]);
    }
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      process.with(parts[0], parts[1]);
    }
    Api api = new Api(address, own[HTTP], ClusterNode.PATIENCE);
    Api management = new Api(address, own[MANAGEMENT], ClusterNode.PATIENCE);
    return new ClusterNode(number, process, shim, disk, api, management);
  }

  private String peers() {
    List<String> peers = new ArrayList<>();
    for (int number = 1; number <= ports.size(); number++) {
      int[] own = ports.get(number - 1);
      peers.add("n%d=%s:%d:%d".formatted(number, network.address(number), own[RAFT], own[HTTP]));
    }
    return String.join(",", peers);
  }

  private void remove() {
    for (ClusterNode node : nodes) {
      try {
        node.end();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      node.disk().close();
    }
  }

  private static int[] freePorts() {
    return new int[] {FreePort.next(), FreePort.next(), FreePort.next()};
  }
}

package io.dislog.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.kit.Await;
import io.dislog.kit.Member;
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

  /** The test is on another machine than the nodes, and may everything all the same. */
  private static final String OPEN = "rules: [{who: [anonymous], may: [admin]}]";

  private static final Duration LEADER = Duration.ofSeconds(60);

  private final Network network;
  private final int diskMebibytes;
  private final Path secret;
  private final Path rules;
  private final List<ClusterNode> nodes = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();
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
    secret =
        Files.writeString(folder.resolve("nodes.secret"), "of 32 bytes, and known to each node");
    rules = Files.writeString(folder.resolve("rules.yaml"), OPEN);
    Runtime.getRuntime().addShutdownHook(removing);
    network = new Network(size);
    for (int number = 1; number <= size; number++) {
      members.add(member(number));
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
    Member member = members.get(number - 1);
    process
        .within(network.within(number))
        .environment(shim.environment(disk.folder()))
        .with("dislog.storage.reserve", "16Mi")
        .with("dislog.nodes.secret-file", secret.toString())
        .with("dislog.auth.rules-file", rules.toString())
        .jvm("-Xmx400m");
    (members.size() > 1 ? member.among(members) : member.alone()).forEach(process::jvm);
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      process.with(parts[0], parts[1]);
    }
    Api api = new Api(member.host(), member.http(), ClusterNode.PATIENCE);
    Api management = new Api(member.host(), member.management(), ClusterNode.PATIENCE);
    return new ClusterNode(number, process, shim, disk, api, management);
  }

  private Member member(int number) {
    String id = "n" + number;
    return network.isIsolated()
        ? new Member(id, network.address(number), 8080, 9000, 9700)
        : Member.onFreePorts(id);
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
}

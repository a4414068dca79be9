package io.dislog.operator.process;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.node.Addresses;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The nodes of one cluster, each a process, named as Kubernetes would name their pods. Addresses
 * may be asked for by many threads; the rest is for one.
 */
public final class NodeProcesses implements Addresses, AutoCloseable {

  private final String cluster;
  private final Path folder;
  private final List<String> properties;
  private final Map<Integer, NodeProcess> nodes = new ConcurrentHashMap<>();

  /**
   * @param folder for data and what the nodes print
   * @param properties of each node, {@code name=value}
   */
  public NodeProcesses(String cluster, Path folder, String... properties) {
    this.cluster = cluster;
    this.folder = folder;
    this.properties = List.of(properties);
  }

  /**
   * Starts a node, or starts it again on what it has, and waits for nothing.
   *
   * @param firstMembers of the cluster, from ordinal 0 on
   */
  public void start(int ordinal, int firstMembers) throws IOException {
    Map<String, String> peers = new TreeMap<>();
    for (int member = 0; member < firstMembers; member++) {
      peers.put(node(member).id(), node(member).address());
    }
    String text =
        peers.entrySet().stream()
            .map(peer -> peer.getKey() + "=" + peer.getValue())
            .collect(Collectors.joining(","));
    node(ordinal).start(text, properties);
  }

  /** As the cluster has a node: {@code host:raftPort:httpPort}. */
  public String address(int ordinal) {
    return node(ordinal).address();
  }

  public boolean isAlive(int ordinal) {
    return node(ordinal).isAlive();
  }

  /** Ends a node at once, as {@code kill -9} does. */
  public void kill(int ordinal) {
    node(ordinal).kill();
  }

  /** Asks a node to end, as Kubernetes does, and waits until it has. */
  public void stop(int ordinal) {
    node(ordinal).stop();
  }

  /** Takes away what a node has stored, which must not run. */
  public void wipe(int ordinal) throws IOException {
    node(ordinal).wipe();
  }

  /** What all nodes have printed, for a test that failed. */
  public String said() {
    return nodes.values().stream()
        .map(node -> "--- " + node.id() + "\n" + node.said())
        .collect(Collectors.joining("\n"));
  }

  @Override
  public URI of(DislogCluster asked, int ordinal) {
    return node(ordinal).base();
  }

  /** Kills all of them. */
  @Override
  public void close() {
    for (NodeProcess node : nodes.values()) {
      node.kill();
    }
  }

  private NodeProcess node(int ordinal) {
    return nodes.computeIfAbsent(
        ordinal,
        absent -> {
          String id = cluster + "-" + absent;
          return new NodeProcess(id, folder.resolve(id));
        });
  }
}

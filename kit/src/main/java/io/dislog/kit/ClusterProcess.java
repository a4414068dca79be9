package io.dislog.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Nodes that replicate to each other, each a process on this machine, which is started again and
 * again on the same data. Once it is closed, none starts. Thread-safe.
 */
public final class ClusterProcess implements AutoCloseable {

  private final List<Member> members;
  private final Path folder;
  private final Start start;
  private final Map<Integer, NodeProcess> nodes = new ConcurrentHashMap<>();
  private boolean closed;

  /**
   * A cluster that is not started yet.
   *
   * @param folder for the data of each node, in a folder of the node's name, and beside it for what
   *     the node prints, in a file of its name and {@code .log}, and for the nodes' secret
   */
  public ClusterProcess(List<Member> members, Path folder, Start start) {
    this.members = List.copyOf(members);
    this.folder = folder;
    this.start = start;
  }

  /** Nodes n1, n2 and so on. */
  public static List<Member> onFreePorts(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> Member.onFreePorts("n" + number))
        .toList();
  }

  public List<Member> members() {
    return members;
  }

  /** Starts all nodes, and waits for nothing. */
  public void launch() throws IOException {
    for (int number = 1; number <= members.size(); number++) {
      launch(number);
    }
  }

  /**
   * Starts a node, which must not run, and waits for nothing.
   *
   * @param number of the node, from 1 on
   */
  public synchronized void launch(int number) throws IOException {
    if (closed) {
      return;
    }
    Member member = members.get(number - 1);
    List<String> settings = new ArrayList<>(member.among(members));
    settings.add("-Ddislog.data-dir=" + folder.resolve(member.id()));
    Files.createDirectories(folder);
    settings.add("-Ddislog.nodes.secret-file=" + NodesSecret.in(folder));
    ProcessBuilder process = start.process(number, settings);
    nodes.put(number, NodeProcess.start(process, member, output(number)));
  }

  /** Waits until all nodes are ready, for each that long at most. */
  public void awaitReady(Duration patience) throws IOException {
    for (NodeProcess node : nodes()) {
      node.awaitReady(patience);
    }
  }

  /**
   * The last run of a node.
   *
   * @param number from 1 on
   * @throws IllegalStateException if it was never started
   */
  public NodeProcess node(int number) {
    NodeProcess node = nodes.get(number);
    if (node == null) {
      throw new IllegalStateException("node " + number + " was never started");
    }
    return node;
  }

  /** The last runs of all nodes that were started, in their order. */
  public List<NodeProcess> nodes() {
    return IntStream.rangeClosed(1, members.size())
        .filter(nodes::containsKey)
        .mapToObj(this::node)
        .toList();
  }

  /** The file of what a node prints. */
  public Path output(int number) {
    return folder.resolve(members.get(number - 1).id() + ".log");
  }

  /** Asks all nodes to stop, waits until they have however long it takes, and starts none again. */
  public synchronized void stop() {
    closed = true;
    nodes().forEach(NodeProcess::askToStop);
    nodes().forEach(node -> node.handle().onExit().join());
  }

  /** Kills all nodes, and starts none again. */
  @Override
  public synchronized void close() {
    closed = true;
    nodes().forEach(NodeProcess::close);
  }

  /** How a node is started. */
  @FunctionalInterface
  public interface Start {
    /**
     * What starts a node.
     *
     * @param number of the node, from 1 on
     * @param settings of the node, as options of a JVM, which must be in the command
     */
    ProcessBuilder process(int number, List<String> settings) throws IOException;
  }
}

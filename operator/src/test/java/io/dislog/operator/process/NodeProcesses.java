package io.dislog.operator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.dislog.kit.FileTree;
import io.dislog.kit.Member;
import io.dislog.kit.NodeProcess;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.node.Addresses;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The nodes of one cluster, each a process, named as Kubernetes would name their pods. Addresses
 * may be asked for by many threads; the rest is for one.
 */
public final class NodeProcesses implements Addresses, AutoCloseable {

  private final String cluster;
  private final Path folder;
  private final List<String> properties;
  private final Map<Integer, Member> members = new ConcurrentHashMap<>();
  private final Map<Integer, NodeProcess> last = new HashMap<>();
  private final List<NodeProcess> all = new ArrayList<>();

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
    List<Member> first = IntStream.range(0, firstMembers).mapToObj(this::member).toList();
    Member member = member(ordinal);
    List<String> options = new ArrayList<>(member.among(first));
    options.add(Packaged.HEAP);
    options.add("-Ddislog.data-dir=" + data(ordinal));
    properties.forEach(property -> options.add("-D" + property));
    ProcessBuilder command =
        new ProcessBuilder(Packaged.module("service").commandWithCache(options));
    Path output = folder.resolve("%s-%d.txt".formatted(member.id(), all.size()));
    NodeProcess node = NodeProcess.start(command, member, output);
    last.put(ordinal, node);
    all.add(node);
  }

  /** As the cluster has a node: {@code host:raftPort:httpPort}. */
  public String address(int ordinal) {
    return member(ordinal).address();
  }

  public boolean isAlive(int ordinal) {
    NodeProcess node = last.get(ordinal);
    return node != null && node.isAlive();
  }

  /** Ends a node at once, as {@code kill -9} does. */
  public void kill(int ordinal) {
    NodeProcess node = last.get(ordinal);
    if (node != null) {
      node.kill();
    }
  }

  /** Asks a node to end, as Kubernetes does, and waits until it has. */
  public void stop(int ordinal) {
    NodeProcess node = last.get(ordinal);
    assertThat(node == null || node.stop(Await.PATIENCE)).as(this::said).isTrue();
  }

  /** Takes away what a node has stored, which must not run. */
  public void wipe(int ordinal) throws IOException {
    FileTree.delete(data(ordinal));
  }

  /** What all nodes have printed, for a test that failed. */
  public String said() {
    return all.stream()
        .map(node -> "--- " + node.member().id() + "\n" + node.output())
        .collect(Collectors.joining("\n"));
  }

  @Override
  public URI of(DislogCluster asked, int ordinal) {
    return member(ordinal).api();
  }

  /** Kills all of them. */
  @Override
  public void close() {
    all.forEach(NodeProcess::kill);
  }

  private Path data(int ordinal) {
    return folder.resolve(member(ordinal).id());
  }

  private Member member(int ordinal) {
    return members.computeIfAbsent(ordinal, absent -> Member.onFreePorts(cluster + "-" + absent));
  }
}

package io.dislog.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the nodes of a cluster run: each in a network namespace of its own, all on one bridge, on
 * which the tests are too. Where the system lets nobody make namespaces, they all run on the
 * loopback interface and can't be cut off.
 *
 * <p>A direction from one node to another is cut by giving it a wrong hardware address for the
 * other: what it sends is lost without a word, as on a broken line.
 */
final class Network implements AutoCloseable {

  private static final String NOBODY = "02:00:00:00:de:ad";

  private final String prefix = "dl" + ProcessHandle.current().pid() % 100_000;
  private final String subnet = "10.213." + ProcessHandle.current().pid() % 250 + ".";
  private final List<String> namespaces = new ArrayList<>();
  private final boolean isolated;
  private final Thread closing = new Thread(this::remove);

  Network(int nodes) throws IOException {
    Runtime.getRuntime().addShutdownHook(closing);
    isolated = Shell.succeeds("ip", "netns", "add", prefix + "n1");
    if (isolated) {
      namespaces.add(prefix + "n1");
      try {
        build(nodes);
      } catch (IOException e) {
        close();
        throw e;
      }
    }
  }

  /** Whether nodes can be cut off from each other. */
  boolean isIsolated() {
    return isolated;
  }

  /**
   * The address of a node.
   *
   * @param node from 1 on
   */
  String address(int node) {
    return isolated ? subnet + (10 + node) : "127.0.0.1";
  }

  /** What stands before the command of a process that is to run as that node. */
  List<String> within(int node) {
    return isolated ? List.of("ip", "netns", "exec", namespace(node)) : List.of();
  }

  /** Nothing that one node sends reaches the other from now on. */
  void cut(int from, int to) throws IOException {
    within(from, "ip", "neigh", "replace", address(to), "lladdr", NOBODY, "dev", "eth0");
  }

  /** Everything reaches everyone again. */
  void heal() throws IOException {
    for (int from = 1; from <= namespaces.size(); from++) {
      for (int to = 1; to <= namespaces.size(); to++) {
        if (from != to) {
          within(
              from, "ip", "neigh", "replace", address(to), "lladdr", hardware(to), "dev", "eth0");
        }
      }
    }
  }

  @Override
  public void close() {
    remove();
    Runtime.getRuntime().removeShutdownHook(closing);
  }

  private void build(int nodes) throws IOException {
    Shell.run("ip", "link", "add", bridge(), "type", "bridge");
    Shell.run("ip", "addr", "add", subnet + "1/24", "dev", bridge());
    Shell.run("ip", "link", "set", bridge(), "up");
    for (int node = 1; node <= nodes; node++) {
      if (node > 1) {
        Shell.run("ip", "netns", "add", namespace(node));
        namespaces.add(namespace(node));
      }
      Shell.run(
          "ip",
          "link",
          "add",
          outer(node),
          "type",
          "veth",
          "peer",
          "name",
          "eth0",
          "netns",
          namespace(node));
      Shell.run("ip", "link", "set", outer(node), "master", bridge(), "up");
      within(node, "ip", "link", "set", "eth0", "address", hardware(node), "up");
      within(node, "ip", "addr", "add", address(node) + "/24", "dev", "eth0");
      within(node, "ip", "link", "set", "lo", "up");
    }
    heal();
  }

  private void within(int node, String... command) throws IOException {
    List<String> all = new ArrayList<>(within(node));
    all.addAll(List.of(command));
    Shell.run(all.toArray(String[]::new));
  }

  private void remove() {
    for (int node = 1; node <= namespaces.size(); node++) {
      // A namespace lives on while a process does; its line goes at once.
      Shell.succeeds("ip", "link", "del", outer(node));
      Shell.succeeds("ip", "netns", "del", namespace(node));
    }
    if (isolated) {
      Shell.succeeds("ip", "link", "del", bridge());
    }
  }

  private String bridge() {
    return prefix + "b";
  }

  /** A node's line, at this end. */
  private String outer(int node) {
    return prefix + "v" + node;
  }

  private String namespace(int node) {
    return prefix + "n" + node;
  }

  private static String hardware(int node) {
    return "02:00:00:00:00:%02x".formatted(node);
  }
}

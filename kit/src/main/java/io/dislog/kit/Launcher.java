package io.dislog.kit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * {@code ./dislog cluster}: starts the nodes of a cluster on fixed ports of this machine, tells of
 * those that end, and stops them all once it is to end itself. Its main thread starts and watches,
 * another one stops.
 */
final class Launcher {

  private static final int HTTP = 8080;
  private static final int MANAGEMENT = 9000;
  private static final int RAFT = 9700;
  private static final int LAST_LINES = 5;
  private static final String ROW = "  %-6s%-24s%-24s%s%n";
  private static final long LOOK_MILLIS = 500;

  /** In the folder that it is called from. */
  private static final Path FOLDER = Path.of("data", "cluster");

  private final ClusterProcess cluster;
  private final List<NodeProcess> told = new ArrayList<>();
  private boolean ends;

  private Launcher(Artefact service, int count, List<String> options) {
    List<Member> members = IntStream.rangeClosed(1, count).mapToObj(Launcher::member).toList();
    cluster =
        new ClusterProcess(
            members,
            FOLDER,
            (number, settings) -> {
              List<String> all = new ArrayList<>(settings);
              all.addAll(options);
              return new ProcessBuilder(service.commandWithCache(all));
            });
  }

  /**
   * Runs until it is ended, or until all nodes have ended, which makes its code 1.
   *
   * @param arguments the project's folder, the number of nodes, from 1 to 9, and options of their
   *     JVMs
   */
  public static void main(String[] arguments) throws InterruptedException {
    try {
      Artefact service = Artefact.at(Path.of(arguments[0], "service", "target", "quarkus-app"));
      List<String> options = List.of(arguments).subList(2, arguments.length);
      Launcher launcher = new Launcher(service, Integer.parseInt(arguments[1]), options);
      Runtime.getRuntime().addShutdownHook(new Thread(launcher::stop));
      launcher.run();
    } catch (IOException e) {
      System.err.println("The nodes could not be started: " + e.getMessage());
      System.exit(1);
    }
  }

  private static Member member(int number) {
    return new Member("n" + number, "127.0.0.1", HTTP + number, MANAGEMENT + number, RAFT + number);
  }

  private void run() throws IOException, InterruptedException {
    cluster.launch();
    for (NodeProcess node : cluster.nodes()) {
      // Where none is left to say that it is ready, that is no reason to wait.
      while (node.isAlive() && !node.isReady()) {
        watch();
      }
    }
    tell();
    while (true) {
      watch();
    }
  }

  /** Tells of the nodes that have ended; without any left there is nothing to do. */
  private void watch() throws InterruptedException {
    List<NodeProcess> nodes = cluster.nodes();
    synchronized (this) {
      for (int number = 1; number <= nodes.size() && !ends; number++) {
        NodeProcess node = nodes.get(number - 1);
        if (!node.isAlive() && !told.contains(node)) {
          told.add(node);
          tellEnd(node, cluster.output(number));
        }
      }
      ends = ends || told.size() == nodes.size();
    }
    if (told.size() == nodes.size()) {
      System.exit(1);
    }
    TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
  }

  private static void tellEnd(NodeProcess node, Path output) {
    System.err.printf(
        "Node %s has ended with code %d. The end of %s:%n",
        node.member().id(), node.exitCode(), output);
    List<String> lines = node.output().lines().toList();
    lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()).stream()
        .map("  "::concat)
        .forEach(System.err::println);
  }

  private void tell() {
    System.out.println();
    System.out.printf(ROW, "node", "API", "health and metrics", "what it says");
    List<NodeProcess> nodes = cluster.nodes();
    for (int number = 1; number <= nodes.size(); number++) {
      if (nodes.get(number - 1).isAlive()) {
        System.out.printf(
            ROW,
            "n" + number,
            "localhost:" + (HTTP + number),
            "localhost:" + (MANAGEMENT + number),
            cluster.output(number));
      }
    }
    System.out.printf(
        "%nEach node takes every request. For example:%n%n  %s%n%nCtrl-C stops them all.%n",
        "curl -X PUT localhost:%d/v1/logs/orders && curl localhost:%d/v1/logs/orders"
            .formatted(HTTP + 1, HTTP + nodes.size()));
  }

  /** Of a signal; where all have ended by themselves there is nothing to stop. */
  private void stop() {
    synchronized (this) {
      if (ends) {
        return;
      }
      ends = true;
      System.err.printf("%nStopping%n");
    }
    cluster.stop();
  }
}

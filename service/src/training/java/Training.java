import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the packaged service once and uses it as clients do, so that the JVM can keep what it
 * loaded, linked and profiled: the AOT cache (JEP 483, 514, 515), with which the service starts in
 * half the time. One for a node without others and one for a node among others: with the other's,
 * the former would take 40 MiB more, and the latter would load and interpret all of Ratis and gRPC
 * at its first election, while clients wait.
 *
 * <p>A build step: {@code java Training <service's folder> [<folder of the caches> [<name of the
 * only one>]]}. Without the cache the service only starts slower, so a training that fails, or
 * takes too long on a busy machine, says so and breaks no build. A cache holds for one JVM: an
 * image is trained as it is built.
 */
final class Training {
  private static final String ALONE = "dislog.aot";
  private static final String AMONG_OTHERS = "dislog-raft.aot";
  private static final int NODES = 3;

  /** In several shards, by their names. */
  private static final int LOGS = 8;

  private static final int ROUNDS = 200;

  private final Client client = new Client();
  private final List<Node> nodes = new ArrayList<>();
  private final Path module;
  private final Path caches;
  private final Path work;

  private Training(Path module, Path caches, Path work) {
    this.module = module;
    this.caches = caches;
    this.work = work;
  }

  public static void main(String[] arguments) throws IOException {
    Path module = Path.of(arguments[0]).toAbsolutePath();
    Path caches =
        arguments.length > 1 ? Path.of(arguments[1]) : module.resolve("target/quarkus-app");
    List<String> names =
        arguments.length > 2 ? List.of(arguments[2]) : List.of(ALONE, AMONG_OTHERS);
    for (String name : names) {
      Path work = Files.createTempDirectory("dislog-training");
      Training training = new Training(module, caches.toAbsolutePath(), work);
      try {
        training.run(name);
      } catch (IOException | InterruptedException | IllegalStateException e) {
        System.out.printf("No AOT cache %s, the service will start slower: %s%n", name, e);
      } finally {
        training.nodes.forEach(Node::close);
        delete(work);
      }
    }
  }

  private void run(String name) throws IOException, InterruptedException {
    Cache cache = new Cache(caches, name, work);
    if (name.equals(ALONE)) {
      trainAlone(cache);
    } else {
      trainAmongOthers(cache);
    }
    if (!client.refused().isEmpty()) {
      System.out.printf(
          "Trained with %d refusals: %s%n", client.refused().size(), client.refused().getFirst());
    }
  }

  private void trainAlone(Cache cache) throws IOException, InterruptedException {
    Node node =
        Node.start(module, work.resolve("alone"), List.of(cache.option(), "-Dquarkus.http.port=0"));
    nodes.add(node);
    awaitReady(node);
    use(node, node);
    node.stop();
    cache.take(node);
  }

  private void trainAmongOthers(Cache cache) throws IOException, InterruptedException {
    startAll(cache);
    for (Node node : nodes) {
      awaitReady(node);
    }
    use(nodes.getFirst(), nodes.getLast());
    loseAndRegainANode();
    nodes.getFirst().stop();
    cache.take(nodes.getFirst());
  }

  /**
   * The first one is trained; the others, which only keep it company, compile as little as goes.
   */
  private void startAll(Cache cache) throws IOException {
    List<Integer> ports = freePorts(2 * NODES);
    List<String> peers = new ArrayList<>();
    for (int number = 0; number < NODES; number++) {
      peers.add(
          "n%d=127.0.0.1:%d:%d".formatted(number, ports.get(number), ports.get(NODES + number)));
    }
    for (int number = 0; number < NODES; number++) {
      List<String> options = new ArrayList<>();
      options.add(number == 0 ? cache.option() : "-XX:TieredStopAtLevel=1");
      options.add("-Dquarkus.http.port=" + ports.get(NODES + number));
      options.add("-Ddislog.replication=raft");
      options.add("-Ddislog.raft.node-id=n" + number);
      options.add("-Ddislog.raft.peers=" + String.join(",", peers));
      options.add("-Ddislog.raft.port=" + ports.get(number));
      nodes.add(Node.start(module, work.resolve("n" + number), options));
    }
  }

  /**
   * Where there are others, some logs are led by the trained node; to the leaders of the rest it
   * sends requests on, and another one does so to it.
   */
  private void use(Node node, Node other) throws IOException, InterruptedException {
    for (int log = 0; log < LOGS; log++) {
      client.create(node.api(), name(log));
    }
    for (int round = 0; round < ROUNDS; round++) {
      client.append(node.api(), name(round % LOGS));
      client.read(node.api(), name(round % LOGS), round / LOGS);
      client.append(other.api(), name(round % LOGS));
    }
    client.lookAround(node.api(), node.management(), name(0));
  }

  /** So the trained node stands for election, leads others' shards, and hands them over again. */
  private void loseAndRegainANode() throws IOException, InterruptedException {
    Node lost = nodes.get(1);
    lost.kill();
    awaitReady(nodes.getFirst());
    for (int log = 0; log < LOGS; log++) {
      client.append(nodes.getFirst().api(), name(log));
    }
    lost.startAgain();
    awaitReady(lost);
    for (int log = 0; log < LOGS; log++) {
      client.append(nodes.getFirst().api(), name(log));
    }
  }

  private void awaitReady(Node node) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Node.PATIENCE.toNanos();
    node.awaitListening();
    while (!client.isReady(node.management())) {
      if (System.nanoTime() > deadline || !node.isAlive()) {
        throw new IllegalStateException(node.output());
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static String name(int log) {
    return "training-" + log;
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  /** As far as it can be: what a JVM still writes that was given up is no reason to fail. */
  private static void delete(Path folder) {
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      System.out.printf("%s stays: %s%n", folder, e);
    }
  }
}

package io.dislog.kit.training;

import io.dislog.kit.Artefact;
import io.dislog.kit.ClusterProcess;
import io.dislog.kit.FileTree;
import io.dislog.kit.Member;
import io.dislog.kit.NodeProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the packaged service once and uses it as clients do, so that the JVM can keep what it
 * loaded, linked and profiled: the AOT cache (JEP 483, 514, 515), with which the service starts in
 * half the time. One for a node without others and one for a node among others: with the other's,
 * the former would take 40 MiB more, and the latter would load and interpret all of Ratis at its
 * first election, while clients wait.
 *
 * <p>A build step: {@code java io.dislog.kit.training.Training <service's folder> [<folder of the
 * caches> [<name of the only one>]]}. Without the cache the service only starts slower, so a
 * training that fails, or takes too long on a busy machine, says so and breaks no build. A cache
 * holds for one JVM: an image is trained as it is built.
 */
final class Training {
  private static final String ALONE = "dislog.aot";
  private static final String AMONG_OTHERS = "dislog-raft.aot";
  private static final int NODES = 3;
  private static final int TRAINED = 1;
  private static final int LOST = 2;

  /** In several shards, by their names. */
  private static final int LOGS = 8;

  private static final int ROUNDS = 200;

  /** On a machine that is busy with much else, a start takes minutes, and so does a cache. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Client client = new Client();
  private final Artefact service;
  private final Path caches;
  private final Path work;

  private Training(Artefact service, Path caches, Path work) {
    this.service = service;
    this.caches = caches;
    this.work = work;
  }

  public static void main(String[] arguments) throws IOException {
    Path app = Path.of(arguments[0], "target", "quarkus-app").toAbsolutePath();
    Path caches = arguments.length > 1 ? Path.of(arguments[1]).toAbsolutePath() : app;
    List<String> names =
        arguments.length > 2 ? List.of(arguments[2]) : List.of(ALONE, AMONG_OTHERS);
    for (String name : names) {
      Path work = Files.createTempDirectory("dislog-training");
      try {
        new Training(Artefact.at(app), caches, work).run(name);
      } catch (IOException | InterruptedException | IllegalStateException e) {
        System.out.printf("No AOT cache %s, the service will start slower: %s%n", name, e);
      } finally {
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
    Member member = Member.onFreePorts("alone");
    Path folder = Files.createDirectories(work.resolve("alone"));
    List<String> options = new ArrayList<>(member.alone());
    options.add(cache.option());
    options.add("-Ddislog.data-dir=" + folder.resolve("data"));
    try (NodeProcess node = NodeProcess.start(process(options), member, folder.resolve("output"))) {
      node.awaitReady(PATIENCE);
      use(node, node);
      stop(node);
      cache.take(node);
    }
  }

  private void trainAmongOthers(Cache cache) throws IOException, InterruptedException {
    try (ClusterProcess cluster =
        new ClusterProcess(
            ClusterProcess.onFreePorts(NODES),
            work.resolve("cluster"),
            (number, settings) -> process(options(number, settings, cache)))) {
      cluster.launch();
      cluster.awaitReady(PATIENCE);
      use(cluster.node(TRAINED), cluster.node(NODES));
      loseAndRegainANode(cluster);
      stop(cluster.node(TRAINED));
      cache.take(cluster.node(TRAINED));
    }
  }

  /** One is trained; the others, which only keep it company, compile as little as goes. */
  private static List<String> options(int number, List<String> settings, Cache cache) {
    List<String> options = new ArrayList<>(settings);
    options.add(number == TRAINED ? cache.option() : "-XX:TieredStopAtLevel=1");
    return options;
  }

  private ProcessBuilder process(List<String> options) {
    return new ProcessBuilder(service.command(options)).directory(work.toFile());
  }

  /** Which takes seconds where it writes a cache. */
  private static void stop(NodeProcess node) {
    if (!node.stop(PATIENCE)) {
      throw new IllegalStateException(node.output());
    }
  }

  /**
   * Where there are others, some logs are led by the trained node; to the leaders of the rest it
   * sends requests on, and another one does so to it.
   */
  private void use(NodeProcess node, NodeProcess other) throws IOException, InterruptedException {
    String api = api(node);
    for (int log = 0; log < LOGS; log++) {
      client.create(api, name(log));
    }
    for (int round = 0; round < ROUNDS; round++) {
      client.append(api, name(round % LOGS));
      client.read(api, name(round % LOGS), round / LOGS);
      client.append(api(other), name(round % LOGS));
    }
    client.lookAround(api, node.member().health() + "/q", name(0));
  }

  /** So the trained node stands for election, leads others' shards, and hands them over again. */
  private void loseAndRegainANode(ClusterProcess cluster) throws IOException, InterruptedException {
    NodeProcess trained = cluster.node(TRAINED);
    cluster.node(LOST).kill();
    trained.awaitReady(PATIENCE);
    for (int log = 0; log < LOGS; log++) {
      client.append(api(trained), name(log));
    }
    cluster.launch(LOST);
    cluster.node(LOST).awaitReady(PATIENCE);
    for (int log = 0; log < LOGS; log++) {
      client.append(api(trained), name(log));
    }
  }

  private static String api(NodeProcess node) {
    return node.member().api() + "/v1";
  }

  private static String name(int log) {
    return "training-" + log;
  }

  /** As far as it can be: what a JVM still writes that was given up is no reason to fail. */
  private static void delete(Path folder) {
    try {
      FileTree.delete(folder);
    } catch (IOException | UncheckedIOException e) {
      System.out.printf("%s stays: %s%n", folder, e);
    }
  }
}

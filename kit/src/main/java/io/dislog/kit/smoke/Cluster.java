package io.dislog.kit.smoke;

import io.dislog.kit.Artefact;
import io.dislog.kit.ClusterProcess;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Three nodes that are one service, and go on without any one of them. For one thread. */
final class Cluster {
  private static final int NODES = 3;
  private static final int COUNT = 30;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String LAST = "/v1/cluster/nodes/n" + NODES;
  private static final String LOG = "/v1/logs/shared";
  private static final String RECORDS = LOG + "/records";

  private final ClusterProcess cluster;
  private final List<Node> nodes;
  private final Checks checks;
  private int appended;

  Cluster(Artefact artefact, Path folder, Checks checks, Set<String> asked) {
    this.checks = checks;
    cluster =
        new ClusterProcess(
            ClusterProcess.onFreePorts(NODES),
            folder,
            (number, settings) -> {
              List<String> all = new ArrayList<>(settings);
              all.add("-Ddislog.raft.shards=2");
              all.add(Smoke.NO_RETENTION);
              return new ProcessBuilder(artefact.command(all)).directory(folder.toFile());
            });
    nodes = cluster.members().stream().map(member -> Node.of(member, asked)).toList();
  }

  void run() throws IOException, InterruptedException {
    Smoke.leaveNothing(cluster::close);
    try (cluster) {
      cluster.launch();
      cluster.awaitReady(Smoke.START);
      Endpoints.use(nodes.getFirst().api(), nodes.getFirst().management(), checks);
      appendThroughAll();
      moveALeader();
      loseANode();
      takeANodeOutAndIn();
    }
  }

  private void appendThroughAll() throws IOException, InterruptedException {
    Answer created = again(() -> nodes.getFirst().api().json("PUT", LOG, "{}"));
    checks.that(created.request() + ": " + created.text(), created.status() / 100 == 2);
    for (int number = 0; number < COUNT; number++) {
      append(nodes.get(number % NODES));
    }
    for (Node node : nodes) {
      checkAll(node);
    }
  }

  private void moveALeader() throws IOException, InterruptedException {
    for (int number = 1; number <= NODES; number++) {
      Node node = nodes.get(number - 1);
      String body = "{\"node\":\"n" + number + "\"}";
      checks.says(
          200,
          "\"leader\":\"n" + number + "\"",
          again(() -> node.api().json("PUT", "/v1/cluster/shards/0/leader", body)));
      append(node);
    }
  }

  private void loseANode() throws IOException, InterruptedException {
    cluster.node(NODES).kill();
    append(nodes.getFirst());
    append(nodes.get(1));
    cluster.launch(NODES);
    cluster.node(NODES).awaitReady(Smoke.START);
    checkAll(nodes.getLast());
  }

  private void takeANodeOutAndIn() throws IOException, InterruptedException {
    Api api = nodes.getFirst().api();
    checks.status(200, api.json("PATCH", "/v1/cluster/nodes/n1", "{}"));
    checks.says(200, "\"ready\":true", api.get("/v1/cluster/nodes/n1"));
    checks.status(204, again(() -> api.send("DELETE", LAST, "")));
    cluster.node(NODES).kill();
    checks.equal("nodes without it", 2, api.get("/v1/cluster").count("\"address\":"));
    append(nodes.get(1));
    cluster.launch(NODES);
    String body = "{\"address\":\"" + cluster.members().getLast().address() + "\"}";
    Answer added = again(() -> api.json("PUT", LAST, body));
    checks.that(added.request() + ": " + added.text(), added.status() / 100 == 2);
    cluster.node(NODES).awaitReady(Smoke.START);
    checkAll(nodes.getLast());
  }

  /**
   * Asks until it is answered: on a busy machine a node that has just been launched takes longer to
   * catch up than one request waits, leaders stand still and are replaced, and asking again does no
   * harm.
   */
  private static Answer again(Request request) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + 3 * PATIENCE.toNanos();
    while (true) {
      boolean last = System.nanoTime() > deadline;
      try {
        Answer answer = request.send();
        if (answer.status() < 500 || last) {
          return answer;
        }
      } catch (HttpTimeoutException | LeaderGone e) {
        if (last) {
          throw e;
        }
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /**
   * Until it is answered, as a producer does that numbers its requests: what was taken though it
   * was not answered is said to be there already.
   */
  private void append(Node node) throws IOException, InterruptedException {
    String[] numbered = {
      "Producer-Id", "smoke", "Producer-Epoch", "0", "Producer-Seq", Integer.toString(appended)
    };
    AtomicInteger asked = new AtomicInteger();
    Answer answer =
        again(() -> {
          asked.incrementAndGet();
          return node.api().post(RECORDS, "text/plain", "record " + appended, numbered);
        });
    boolean there = answer.status() == 200 && asked.get() > 1;
    checks.says(there ? 200 : 201, "\"baseOffset\":" + appended, answer);
    appended++;
  }

  /** A node shows every record, in its place. */
  private void checkAll(Node node) throws IOException, InterruptedException {
    Answer all = node.api().get(RECORDS + "?limit=1000", "Accept", "application/x-ndjson");
    List<String> lines = all.text().lines().toList();
    checks.equal("records of a node", appended, lines.size());
    for (int number = 0; number < lines.size(); number++) {
      String line = lines.get(number);
      checks.that(
          line + " is record " + number,
          line.contains("\"offset\":" + number + ",")
              && line.contains("\"record " + number + "\""));
    }
  }

  /** Something that does no harm when it is sent twice. */
  private interface Request {
    Answer send() throws IOException, InterruptedException;
  }
}

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Three nodes that are one service, and go on without any one of them. For one thread. */
final class Cluster {
  private static final int NODES = 3;
  private static final int COUNT = 30;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String LOG = "/v1/logs/shared";
  private static final String RECORDS = LOG + "/records";

  private final List<Service> nodes = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();
  private final Checks checks;
  private int appended;

  Cluster(Artefact artefact, Path folder, Checks checks, Set<String> asked) throws IOException {
    this.checks = checks;
    List<Integer> ports = freePorts(2 * NODES);
    List<String> peers = new ArrayList<>();
    for (int number = 0; number < NODES; number++) {
      addresses.add("127.0.0.1:%d:%d".formatted(ports.get(number), ports.get(NODES + number)));
      peers.add("n" + number + "=" + addresses.get(number));
    }
    for (int number = 0; number < NODES; number++) {
      List<String> settings =
          List.of(
              "-Ddislog.replication=raft",
              "-Ddislog.raft.node-id=n" + number,
              "-Ddislog.raft.peers=" + String.join(",", peers),
              "-Ddislog.raft.shards=2",
              "-Ddislog.raft.port=" + ports.get(number),
              "-Dquarkus.http.port=" + ports.get(NODES + number));
      nodes.add(new Service(artefact, folder.resolve("n" + number), settings, asked));
    }
  }

  void run() throws IOException, InterruptedException {
    try {
      for (Service node : nodes) {
        node.launch();
      }
      for (Service node : nodes) {
        node.awaitReady();
      }
      new Endpoints(nodes.getFirst().api(), nodes.getFirst().management(), checks).use();
      appendThroughAll();
      moveALeader();
      loseANode();
      takeANodeOutAndIn();
    } finally {
      nodes.forEach(Service::close);
    }
  }

  private void appendThroughAll() throws IOException, InterruptedException {
    checks.status(201, nodes.getFirst().api().json("PUT", LOG, "{}"));
    for (int number = 0; number < COUNT; number++) {
      append(nodes.get(number % NODES));
    }
    for (Service node : nodes) {
      checkAll(node);
    }
  }

  private void moveALeader() throws IOException, InterruptedException {
    for (int number = 0; number < NODES; number++) {
      Api api = nodes.get(number).api();
      String body = "{\"node\":\"n" + number + "\"}";
      checks.says(
          200,
          "\"leader\":\"n" + number + "\"",
          api.json("PUT", "/v1/cluster/shards/0/leader", body));
      append(nodes.get(number));
    }
  }

  private void loseANode() throws IOException, InterruptedException {
    Service lost = nodes.getLast();
    lost.kill();
    append(nodes.getFirst());
    append(nodes.get(1));
    lost.launch();
    lost.awaitReady();
    checkAll(lost);
  }

  private void takeANodeOutAndIn() throws IOException, InterruptedException {
    Api api = nodes.getFirst().api();
    checks.status(200, api.json("PATCH", "/v1/cluster/nodes/n0", "{}"));
    checks.says(200, "\"ready\":true", api.get("/v1/cluster/nodes/n0"));
    checks.status(204, api.send("DELETE", "/v1/cluster/nodes/n2", ""));
    nodes.getLast().kill();
    checks.equal("nodes without it", 2, api.get("/v1/cluster").count("\"address\":"));
    append(nodes.get(1));
    nodes.getLast().launch();
    String body = "{\"address\":\"" + addresses.getLast() + "\"}";
    Answer added = addedAgain(api, body);
    checks.that(added.request() + ": " + added.text(), added.status() / 100 == 2);
    nodes.getLast().awaitReady();
    checkAll(nodes.getLast());
  }

  /**
   * Asks until it is answered: on a busy machine a node that has just been launched takes longer to
   * catch up than one request waits, and asking again does no harm.
   */
  private static Answer addedAgain(Api api, String body) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + 2 * PATIENCE.toNanos();
    while (true) {
      boolean last = System.nanoTime() > deadline;
      try {
        Answer added = api.json("PUT", "/v1/cluster/nodes/n2", body);
        if (added.status() < 500 || last) {
          return added;
        }
      } catch (HttpTimeoutException e) {
        if (last) {
          throw e;
        }
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /** Until it is answered, as a producer does that numbers its requests. */
  private void append(Service node) throws IOException, InterruptedException {
    String[] numbered = {
      "Producer-Id", "smoke", "Producer-Epoch", "0", "Producer-Seq", Integer.toString(appended)
    };
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Answer answer = node.api().post(RECORDS, "text/plain", "record " + appended, numbered);
    while (answer.status() == 503 && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(50);
      answer = node.api().post(RECORDS, "text/plain", "record " + appended, numbered);
    }
    checks.says(201, "\"baseOffset\":" + appended, answer);
    appended++;
  }

  /** A node shows every record, in its place. */
  private void checkAll(Service node) throws IOException, InterruptedException {
    Answer all = node.api().get(RECORDS + "?limit=1000", "Accept", "application/x-ndjson");
    String[] lines = all.text().split("\n");
    checks.equal("records of a node", appended, lines.length);
    for (int number = 0; number < lines.length; number++) {
      checks.that(
          lines[number] + " is record " + number,
          lines[number].contains("\"offset\":" + number + ",")
              && lines[number].contains("\"record " + number + "\""));
    }
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
}

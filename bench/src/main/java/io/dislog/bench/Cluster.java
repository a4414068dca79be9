package io.dislog.bench;

import io.dislog.api.ApiJson;
import io.dislog.api.ClusterView;
import io.dislog.kit.Await;
import io.dislog.kit.ClusterProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Three nodes of the service on this machine, under measurement. */
final class Cluster implements AutoCloseable {

  private static final int NODES = 3;
  private static final int SHARDS = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ClusterProcess nodes;
  private final List<Server> servers;

  private Cluster(Stage stage, Path folder) {
    nodes =
        new ClusterProcess(
            ClusterProcess.onFreePorts(NODES),
            folder,
            (number, settings) -> Server.process(stage.project(), options(stage, settings)));
    servers = new ArrayList<>();
  }

  private static List<String> options(Stage stage, List<String> settings) {
    List<String> options = new ArrayList<>(settings);
    options.add("-Ddislog.raft.shards=" + SHARDS);
    options.addAll(stage.options());
    return options;
  }

  /** Starts it over logs of its own, and waits until every shard is led by the node it prefers. */
  static Cluster start(Stage stage, String name) throws IOException {
    return start(stage, stage.folder(name));
  }

  /** The same, with its logs in a folder. */
  static Cluster start(Stage stage, Path folder) throws IOException {
    Cluster cluster = new Cluster(stage, folder);
    try {
      cluster.nodes.launch();
      cluster.nodes.awaitReady(PATIENCE);
      cluster.nodes.nodes().forEach(node -> cluster.servers.add(new Server(node)));
      cluster.awaitSpread();
    } catch (IOException | RuntimeException e) {
      cluster.nodes.close();
      throw e;
    }
    return cluster;
  }

  List<Server> servers() {
    return servers;
  }

  /** The node that leads the shard of a log. */
  Server leaderOf(String log) throws IOException {
    CRC32C crc = new CRC32C();
    crc.update(log.getBytes(StandardCharsets.UTF_8));
    ClusterView cluster = view();
    String leader = cluster.shards().get((int) (crc.getValue() % SHARDS)).leader();
    if (leader == null) {
      throw new IOException("no leader of %s in %s".formatted(log, cluster));
    }
    return servers.get(Integer.parseInt(leader.substring(1)) - 1);
  }

  @Override
  public void close() throws IOException {
    for (Server server : servers) {
      server.close();
    }
  }

  private void awaitSpread() throws IOException {
    if (!Await.holdsWithin(PATIENCE, this::isSpread)) {
      throw new IOException("the shards' leaders are not spread: " + view());
    }
  }

  private boolean isSpread() throws IOException {
    ClusterView cluster = view();
    for (int node = 1; node <= NODES; node++) {
      String id = "n" + node;
      long led = cluster.shards().stream().filter(shard -> id.equals(shard.leader())).count();
      if (led < SHARDS / NODES) {
        return false;
      }
    }
    return true;
  }

  private ClusterView view() throws IOException {
    String said = servers.getFirst().call("GET", "/v1/cluster", "");
    return ApiJson.read(said.getBytes(StandardCharsets.UTF_8), ClusterView.class);
  }
}

package io.dislog.bench;

import io.dislog.api.ApiJson;
import io.dislog.api.ClusterView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/** Three nodes of the service on this machine, under measurement. */
final class Cluster implements AutoCloseable {

  private static final int NODES = 3;
  private static final int SHARDS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<Server> servers = new ArrayList<>();

  private Cluster() {}

  /** Starts it over logs of its own, and waits until every shard is led by the node it prefers. */
  static Cluster start(Stage stage, String name) throws IOException {
    Cluster cluster = new Cluster();
    List<Integer> ports = freePorts(2 * NODES);
    StringJoiner peers = new StringJoiner(",");
    for (int node = 0; node < NODES; node++) {
      peers.add("n%d=127.0.0.1:%d:%d".formatted(node, ports.get(node), ports.get(NODES + node)));
    }
    try {
      for (int node = 0; node < NODES; node++) {
        List<String> options = new ArrayList<>(stage.options());
        options.add("-Ddislog.replication=raft");
        options.add("-Ddislog.raft.node-id=n" + node);
        options.add("-Ddislog.raft.peers=" + peers);
        options.add("-Ddislog.raft.port=" + ports.get(node));
        options.add("-Ddislog.raft.shards=" + SHARDS);
        options.add("-Dquarkus.http.port=" + ports.get(NODES + node));
        cluster.servers.add(
            Server.starting(stage.project(), stage.folder(name + "/n" + node), options));
      }
      for (Server server : cluster.servers) {
        server.awaitReady();
      }
      cluster.awaitSpread();
    } catch (IOException | RuntimeException e) {
      cluster.kill();
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
    return servers.get(Integer.parseInt(leader.substring(1)));
  }

  @Override
  public void close() throws IOException {
    for (Server server : servers) {
      server.close();
    }
  }

  private void kill() throws IOException {
    for (Server server : servers) {
      server.kill();
    }
  }

  private void awaitSpread() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isSpread()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("the shards' leaders are not spread: " + view());
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
  }

  private boolean isSpread() throws IOException {
    ClusterView cluster = view();
    for (int node = 0; node < NODES; node++) {
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

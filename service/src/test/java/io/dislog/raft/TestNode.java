package io.dislog.raft;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dislog.api.Addition;
import io.dislog.api.ApiJson;
import io.dislog.api.ClusterView;
import io.dislog.api.NodeReport;
import io.dislog.command.LogSettings;
import io.dislog.commit.Cluster;
import io.dislog.commit.CommitListener;
import io.dislog.commit.Member;
import io.dislog.commit.Node;
import io.dislog.commit.RaftConfig;
import io.dislog.disk.LocalDisk;
import io.dislog.kit.Await;
import io.dislog.raft.group.ShardGroup;
import io.dislog.raft.node.RaftNode;
import io.dislog.raft.rpc.ConfirmedMembership;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;

/** A node with tiny shards, and as much of HTTP as nodes need of each other. */
public final class TestNode implements AutoCloseable {

  public static final int SHARDS = 2;

  /** Threads of Ratis' that did not come to an end, as happens: nobody waits for them again. */
  private static final Set<Thread> ENDLESS = ConcurrentHashMap.newKeySet();

  public final Member member;
  public final List<String> endings = new CopyOnWriteArrayList<>();
  private final List<Member> firstMembers;
  private final Path directory;
  private boolean mayBegin = true;
  private @Nullable UUID givenUp;
  private @Nullable RaftNode node;
  private @Nullable TinyReplicas replicas;
  private @Nullable HttpServer http;

  TestNode(Member member, List<Member> firstMembers, Path directory) {
    this.member = member;
    this.firstMembers = firstMembers;
    this.directory = directory;
  }

  /** Says from its next start on whether it may begin a cluster. */
  public TestNode mayBegin(boolean may) {
    mayBegin = may;
    return this;
  }

  /** Says from its next start on which cluster it begins anew by itself. */
  public TestNode givesUp(UUID cluster) {
    givenUp = cluster;
    return this;
  }

  /** Starts, on what the directory holds. */
  public TestNode start() throws IOException {
    Node.Setup setup = new Node.Setup(directory, LogSettings.NONE, 0, Duration.ofHours(1));
    TinyReplicas opened = new TinyReplicas(directory, member.id());
    replicas = opened;
    node =
        new RaftNode(
            setup,
            new RaftConfig(member.id(), firstMembers, member.raftPort(), SHARDS, mayBegin, givenUp),
            new LocalDisk(),
            (space, clock, version) -> opened,
            endings::add,
            CommitListener.NONE);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(member.host(), member.httpPort()), 0);
    server.createContext("/v1/cluster", this::serve);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    http = server;
    return this;
  }

  public Path directory() {
    return directory;
  }

  public RaftNode node() {
    if (node == null) {
      throw new AssertionError(member.id() + " is not running");
    }
    return node;
  }

  boolean isRunning() {
    return node != null;
  }

  public Cluster cluster() {
    return node().cluster().orElseThrow();
  }

  public TinyReplica replica(int shard) {
    if (replicas == null) {
      throw new AssertionError(member.id() + " is not running");
    }
    return replicas.replica(shard);
  }

  /** Whether its shards are open, though it may not take part yet. */
  public boolean isOpen() {
    return replicas != null && replicas.isOpen(SHARDS);
  }

  boolean takesPart() {
    return isOpen()
        && IntStream.range(0, SHARDS).allMatch(shard -> group(shard).division() != null);
  }

  public boolean leads(int shard) {
    return isOpen() && replicas != null && replicas.group(shard).leads();
  }

  CompletableFuture<ConfirmedMembership> confirmed(int shard) {
    return group(shard).confirmed();
  }

  public ShardGroup group(int shard) {
    if (replicas != null && replicas.group(shard) instanceof ShardGroup group) {
      return group;
    }
    throw new AssertionError(member.id() + " is not running");
  }

  /** Whether its raft log has none of the entries any more that tell a shard's members. */
  boolean hasCutWhoTheMembersAre(int shard) {
    RaftServer.Division division = group(shard).division();
    return division != null
        && division.getRaftLog().getStartIndex() > division.getRaftConf().getLogEntryIndex();
  }

  /** The first and the last entry of a shard's raft log. */
  public long[] raftLog(int shard) {
    RaftServer.Division division = group(shard).division();
    return division == null
        ? new long[] {-1, -1}
        : new long[] {
          division.getRaftLog().getStartIndex(), division.getRaftLog().getNextIndex() - 1
        };
  }

  /** Whether a shard's raft log begins with the entry by which this node is the only member. */
  public boolean hasOnlyItself(int shard) {
    RaftServer.Division division = group(shard).division();
    return division != null
        && division.getRaftConf().getCurrentPeers().size() == 1
        && division.getRaftLog().getStartIndex() == division.getRaftConf().getLogEntryIndex();
  }

  boolean isChangingMembers(int shard) {
    RaftServer.Division division = group(shard).division();
    return division != null && !division.getRaftConf().getPreviousPeers().isEmpty();
  }

  public CompletableFuture<Void> propose(int shard, String entry) {
    return propose(shard, ByteBuffer.wrap(entry.getBytes(StandardCharsets.UTF_8)));
  }

  public CompletableFuture<Void> propose(int shard, ByteBuffer entry) {
    if (replicas == null) {
      throw new AssertionError(member.id() + " is not running");
    }
    return replicas.group(shard).propose(entry, this).toCompletableFuture();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String id = path.substring(path.lastIndexOf('/') + 1);
      byte[] body = exchange.getRequestBody().readAllBytes();
      int status = 200;
      byte[] bytes;
      try {
        bytes = ApiJson.write(answer(exchange.getRequestMethod(), id, body));
      } catch (RuntimeException | AssertionError e) {
        status = 503;
        bytes = String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8);
      }
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Record answer(String method, String id, byte[] body) throws IOException {
    if (method.equals("PUT")) {
      Addition addition = ApiJson.read(body, Addition.class);
      String[] address = Objects.requireNonNull(addition.address()).split(":", -1);
      int raftPort = Integer.parseInt(address[1]);
      int httpPort = Integer.parseInt(address[2]);
      cluster().add(new Member(id, address[0], raftPort, httpPort), addition.empty());
    }
    return id.equals("cluster")
        ? new ClusterView(
            member.id(), cluster().members().stream().map(TestNode::view).toList(), List.of())
        : new NodeReport(
            member.id(),
            member.httpAddress(),
            node().health().ready(),
            cluster().formed(),
            "",
            null,
            null,
            null);
  }

  private static ClusterView.Member view(Member known) {
    return new ClusterView.Member(known.id(), known.httpAddress(), true);
  }

  /** Stops in order. */
  @Override
  public void close() throws IOException {
    if (http != null) {
      http.stop(0);
    }
    RaftNode running = node;
    node = null;
    replicas = null;
    if (running != null) {
      running.close();
      awaitRatis();
    }
  }

  /**
   * A node waits for Ratis some seconds only, and the process ends. Here it goes on, and would
   * write into a folder that is deleted, or hold one that another start needs.
   */
  static void awaitRatis() {
    var _ = Await.holdsWithin(Await.PATIENCE, () -> closing().findAny().isEmpty());
    closing().forEach(ENDLESS::add);
  }

  private static Stream<Thread> closing() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("raft-close") && !ENDLESS.contains(thread));
  }
}

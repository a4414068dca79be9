package io.dislog.raft;

import io.dislog.command.Rejection;
import io.dislog.commit.Member;
import io.dislog.kit.Await;
import io.dislog.kit.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Nodes on loopback ports, which a test starts and stops. */
public final class TestCluster implements AutoCloseable {

  static final int LARGE_ENTRIES = 60;

  /** Some of the minutes that the service itself takes, shard by shard, before it has one ask. */
  private static final Duration PATIENCE_OF_CHANGES = Duration.ofMinutes(3);

  private static final Executor THREADS = task -> Thread.ofPlatform().start(task);

  public final List<TestNode> nodes = new ArrayList<>();
  private final Path directory;
  private final List<Member> members = new ArrayList<>();

  /**
   * @param first how many of the nodes begin the cluster
   * @param count of nodes, none of which is started
   */
  public TestCluster(Path directory, int first, int count) throws IOException {
    this.directory = directory;
    for (int i = 0; i < count; i++) {
      members.add(new Member("n" + i, "127.0.0.1", FreePort.next(), FreePort.next()));
    }
    for (Member member : members) {
      nodes.add(new TestNode(member, members.subList(0, first), directory.resolve(member.id())));
    }
  }

  /** Three nodes that have begun a cluster, and all take part in it. */
  public static TestCluster ofThree(Path directory) throws IOException {
    return begun(directory, 3);
  }

  public static TestCluster ofFive(Path directory) throws IOException {
    return begun(directory, 5);
  }

  private static TestCluster begun(Path directory, int count) throws IOException {
    TestCluster cluster = new TestCluster(directory, count, count);
    for (TestNode node : cluster.nodes) {
      node.start();
    }
    Await.until("all take part", () -> cluster.nodes.stream().allMatch(TestNode::takesPart));
    cluster.awaitLeaders();
    return cluster;
  }

  Path directory() {
    return directory;
  }

  public TestNode get(int node) {
    return nodes.get(node);
  }

  void awaitLeaders() {
    for (int shard = 0; shard < TestNode.SHARDS; shard++) {
      leader(shard);
    }
  }

  /** The node that leads a shard, once one does; on a busy machine another one may right after. */
  public TestNode leader(int shard) {
    AtomicReference<@Nullable TestNode> found = new AtomicReference<>();
    Await.until(
        "shard %d is led".formatted(shard),
        () -> {
          nodes.stream().filter(node -> node.leads(shard)).findFirst().ifPresent(found::set);
          return found.get() != null;
        });
    return Objects.requireNonNull(found.get());
  }

  public TestNode follower(int shard) {
    return other(leader(shard));
  }

  /** Another node that runs, whoever leads by now. */
  public TestNode other(TestNode than) {
    return nodes.stream()
        .filter(node -> node != than && node.isRunning())
        .findFirst()
        .orElseThrow();
  }

  /** Has an entry agreed on, by whoever leads, however often that changes. */
  public void agree(int shard, String entry) {
    agree(shard, entry.getBytes(StandardCharsets.UTF_8));
  }

  /** Has more agreed on than a raft log keeps: large entries, no two alike. */
  void fill(int shard) {
    for (int i = 0; i < LARGE_ENTRIES; i++) {
      byte[] large = new byte[1 << 20];
      large[0] = (byte) i;
      agree(shard, large);
    }
  }

  private void agree(int shard, byte[] entry) {
    agree(shard, entry, Duration.ofSeconds(10));
  }

  /**
   * Has an entry agreed on.
   *
   * @param patience after which it is asked for once more
   */
  public void agree(int shard, byte[] entry, Duration patience) {
    Await.until(
        TinyReplica.text(ByteBuffer.wrap(entry)),
        () -> {
          try {
            leader(shard)
                .propose(shard, ByteBuffer.wrap(entry))
                .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
          } catch (ExecutionException | TimeoutException | RuntimeException e) {
            return false;
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  /** Has a node lead a shard, if another one does. */
  public void lead(int shard, TestNode node) {
    Await.until(
        "%s leads".formatted(node.member.id()),
        () -> {
          if (!node.leads(shard)) {
            try {
              node.cluster().lead(shard, node.member.id());
            } catch (RuntimeException e) {
              return false;
            }
          }
          return node.leads(shard);
        });
  }

  /**
   * Awaits entries that differ; one that was asked for again, for want of an answer, counts once.
   */
  public void awaitEntries(TestNode node, int shard, String... entries) {
    Await.until("%s is open".formatted(node.member.id()), node::isOpen);
    Await.until(
        () ->
            "%s has %s, not %s"
                .formatted(node.member.id(), List.of(entries), node.replica(shard).entries()),
        () -> node.replica(shard).entries().stream().distinct().toList().equals(List.of(entries)));
  }

  /**
   * Has a node be a member. It may be told to ask again, where a shard's members are being changed
   * and that takes long.
   */
  public static void add(TestNode asked, TestNode node) {
    Await.until(
        "%s adds %s".formatted(asked.member.id(), node.member.id()),
        PATIENCE_OF_CHANGES,
        () -> {
          try {
            asked.cluster().add(node.member, false);
            return true;
          } catch (Rejection.NoLeader e) {
            return false;
          }
        });
  }

  /** Has a node be no member any more, asking again like {@link #add}. */
  public static void remove(TestNode asked, TestNode node) {
    Await.until(
        "%s takes out %s".formatted(asked.member.id(), node.member.id()),
        PATIENCE_OF_CHANGES,
        () -> {
          try {
            asked.cluster().remove(node.member.id());
            return true;
          } catch (Rejection.NoLeader e) {
            return false;
          }
        });
  }

  /** Stops all nodes, at the same time. */
  @Override
  public void close() throws IOException {
    List<CompletableFuture<@Nullable Void>> closing =
        nodes.stream().map(node -> CompletableFuture.runAsync(() -> close(node), THREADS)).toList();
    closing.forEach(CompletableFuture::join);
  }

  private static void close(TestNode node) {
    try {
      node.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

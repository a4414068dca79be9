package io.dislog.raft.rpc;

import io.dislog.access.node.NodeTrust;
import io.dislog.commit.RaftConfig;
import io.dislog.raft.base.RaftIds;
import io.dislog.raft.transport.Payload;
import io.dislog.raft.transport.Peer;
import io.dislog.raft.transport.Self;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.leader.FollowerInfo;

/**
 * The nodes, as this one asks them, itself too: over one connection each, for all shards. Entries
 * go over others, so that no large one holds up what keeps a leader in its place. Safe for use by
 * many threads.
 */
public final class RaftPeers implements Closeable {

  private final Self self;
  private final Map<RaftPeerId, String> addresses;
  private final Map<RaftPeerId, Peer> peers = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("raft-peers").factory());

  public RaftPeers(Self self) {
    this(self, new ConcurrentHashMap<>());
  }

  private RaftPeers(Self self, Map<RaftPeerId, String> addresses) {
    this.self = self;
    this.addresses = addresses;
    var _ = timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  /**
   * Those of a node that knows where the first members are.
   *
   * @param cluster the id of its own, once it has one that another node has, too
   * @param trust how nodes know each other
   */
  public static RaftPeers of(RaftConfig config, Supplier<Optional<UUID>> cluster, NodeTrust trust) {
    Supplier<String> id = () -> cluster.get().map(UUID::toString).orElse("");
    Map<RaftPeerId, String> addresses = new ConcurrentHashMap<>();
    Self self =
        new Self(config.self(), id, trust.proof(), trust.tls(), node -> hosts(addresses, node));
    RaftPeers peers = new RaftPeers(self, addresses);
    peers.knows(config.peers().stream().map(RaftIds::peer).toList());
    return peers;
  }

  private static List<String> hosts(Map<RaftPeerId, String> addresses, String node) {
    String address = addresses.get(RaftPeerId.valueOf(node));
    Stream<String> known = address == null ? addresses.values().stream() : Stream.of(address);
    return known.map(at -> at.substring(0, Math.max(0, at.lastIndexOf(':')))).distinct().toList();
  }

  /** The node whose they are. */
  Self self() {
    return self;
  }

  private void look() {
    peers.values().forEach(Peer::look);
  }

  /**
   * Learns where nodes are. A node that is connected to is asked there as long as it is: who its
   * members are, each shard may say as of another time.
   */
  public void knows(Collection<RaftPeer> nodes) {
    for (RaftPeer node : nodes) {
      addresses.put(node.getId(), node.getAddress());
      peers.computeIfAbsent(node.getId(), this::peer);
    }
  }

  private Peer peer(RaftPeerId node) {
    return new Peer(self, node.toString(), () -> addresses.getOrDefault(node, ""), "to");
  }

  /**
   * A connection of its own, for entries to a follower; the caller's to close. Where that is, the
   * shard knows best.
   */
  Peer forEntries(FollowerInfo follower) {
    return new Peer(
        self, follower.getId().toString(), () -> follower.getPeer().getAddress(), "entries-to");
  }

  /** Asks a node; see {@link Peer#call}. */
  CompletableFuture<ByteBuffer> call(RaftPeerId node, Kind kind, Payload body) {
    Peer peer = peers.get(node);
    return peer == null
        ? CompletableFuture.failedFuture(
            new IOException("where node %s is, is not known".formatted(node)))
        : peer.call(kind.number(), body);
  }

  /** Whether a node can be asked at once. */
  boolean isConnected(RaftPeerId node) {
    Peer peer = peers.get(node);
    return peer != null && peer.isConnected();
  }

  /** Asks a node, and waits for the answer. */
  ByteBuffer ask(RaftPeerId node, Kind kind, Payload body, long millis) throws IOException {
    try {
      return call(node, kind, body).get(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (TimeoutException e) {
      throw new IOException("no answer came in time", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException why ? why : new IOException(e.getCause());
    }
  }

  /** Has what a node is asked from now on take a new connection. */
  void renew(RaftPeerId node) {
    Peer peer = peers.get(node);
    if (peer != null) {
      peer.renew();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    peers.values().forEach(Peer::close);
  }
}

package io.dislog.raft.group;

import io.dislog.raft.base.RaftIds;
import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;

/**
 * Connections to nodes that were away. gRPC pauses after each failure to connect, longer each time
 * and for two minutes in the end, and fails meanwhile whatever is asked: a candidate would get no
 * vote of a node that has long come back. Safe for use by many threads.
 *
 * <p>While a shard has no leader, all connections are made anew: soon at first, then ever more
 * rarely. Where many nodes share few processors, to make a connection takes longer than the first
 * of these waits: if all others were as short, no vote would ever arrive.
 *
 * <p>Not to those whom this node leads in any shard: to these it sends again and again, and Ratis
 * connects anew when that fails.
 */
final class Reconnection implements Closeable {

  private static final System.Logger LOGGER = System.getLogger(Reconnection.class.getName());
  private static final long LOOK_MILLIS = 500;

  /** Looks from one renewal to the next, at most. */
  private static final int MAX_LOOKS = 4;

  private final RaftServer server;
  private final Shards shards;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("raft-reconnection").factory());
  private int looksUntilRenewal = 1;
  private int looks;

  /** Has votes reach everybody who is there, from now on, wherever a shard has no leader. */
  Reconnection(RaftServer server, Shards shards) {
    this.server = server;
    this.shards = shards;
    var _ =
        timer.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    if (shards.leaderless().isEmpty()) {
      looks = 0;
      looksUntilRenewal = 1;
      return;
    }
    if (++looks < looksUntilRenewal) {
      return;
    }
    looks = 0;
    looksUntilRenewal = Math.min(2 * looksUntilRenewal, MAX_LOOKS);
    Set<RaftPeerId> members = new HashSet<>();
    for (ShardGroup group : shards.groups()) {
      group.members().forEach(member -> members.add(RaftIds.id(member.id())));
    }
    try {
      to(members, server);
    } catch (IOException | RuntimeException e) {
      LOGGER.log(System.Logger.Level.DEBUG, "does not connect anew: {0}", e.toString());
    }
  }

  /**
   * Has what is sent to these from now on take new connections.
   *
   * @throws IOException where this node's part has ended
   */
  static void to(Collection<RaftPeerId> peers, RaftServer server) throws IOException {
    Set<RaftPeerId> led = led(server);
    for (RaftPeerId peer : peers) {
      if (!peer.equals(server.getId()) && !led.contains(peer)) {
        // The old one is closed once what is under way on it has ended, which is waited for.
        Thread.startVirtualThread(() ->
            server.getServerRpc().handleException(peer, new IOException("to be renewed"), true));
      }
    }
  }

  private static Set<RaftPeerId> led(RaftServer server) throws IOException {
    Set<RaftPeerId> led = new HashSet<>();
    for (RaftGroupId group : server.getGroupIds()) {
      RaftServer.Division division = server.getDivision(group);
      if (division.getInfo().isLeader()) {
        division.getRaftConf().getAllPeers().forEach(peer -> led.add(peer.getId()));
      }
    }
    return led;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}

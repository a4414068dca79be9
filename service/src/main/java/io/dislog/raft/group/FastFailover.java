package io.dislog.raft.group;

import io.dislog.raft.base.RaftIds;
import io.dislog.raft.rpc.LogEnd;
import io.dislog.raft.rpc.RaftAdminClient;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.util.ProtoUtils;
import org.jspecify.annotations.Nullable;

/**
 * Has a shard get a new leader at once where the leader's process has ended, instead of after the
 * followers have heard nothing for the time of an election. Safe for use by many threads.
 *
 * <ol>
 *   <li>A leader's stream has broken off, and nobody listens at its port any more. (Where a node is
 *       frozen or cut off, or its machine is gone, the followers' patience decides as ever.)
 *   <li>The other followers are asked for their last entries. The one whose is newest stands for
 *       election, among equals the one that has applied most, for it leads only once it has applied
 *       all, then the one whose name comes first: so that votes aren't split, and none is wasted on
 *       a node that lacks what another one has.
 *   <li>Ratis is told to stand as if the leader had handed over. All rules of voting hold as they
 *       do then.
 * </ol>
 */
final class FastFailover {

  private static final System.Logger LOGGER = System.getLogger(FastFailover.class.getName());

  /** A process that ends may close its connections a moment before its port. */
  private static final int LOOKS = 6;

  private static final long LOOK_PAUSE_MILLIS = 10;
  private static final int CONNECT_MILLIS = 100;
  private static final Duration PATIENCE = Duration.ofMillis(250);
  private static final Executor THREADS = Thread::startVirtualThread;

  private final int shard;
  private final RaftAdminClient admin;
  private final AtomicBoolean underWay = new AtomicBoolean();

  FastFailover(int shard, RaftAdminClient admin) {
    this.shard = shard;
    this.admin = admin;
  }

  /** The stream of a leader to this node has broken off. Never blocks. */
  void brokenOff(RaftServer.Division here, RaftPeerId leader) {
    if (isFollowerOf(here, leader) && underWay.compareAndSet(false, true)) {
      THREADS.execute(() -> succeed(here, leader));
    }
  }

  private void succeed(RaftServer.Division here, RaftPeerId leader) {
    try {
      RaftPeer gone = here.getRaftConf().getPeer(leader);
      if (gone == null || !hasEnded(gone)) {
        return;
      }
      List<RaftPeer> members = List.copyOf(here.getRaftConf().getCurrentPeers());
      List<RaftPeerId> others =
          members.stream()
              .map(RaftPeer::getId)
              .filter(id -> !id.equals(here.getId()) && !id.equals(leader))
              .toList();
      admin.knows(members);
      if (isHeir(here, others, members.size()) && isFollowerOf(here, leader)) {
        LOGGER.log(Level.INFO, "stands for election in shard {0}: {1} has ended", shard, leader);
        stand(here, leader);
      }
    } catch (IOException | IllegalStateException e) { // The latter once the shard is closed here.
      LOGGER.log(Level.DEBUG, "does not stand for election in shard {0}: {1}", shard, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      underWay.set(false);
    }
  }

  private static boolean isFollowerOf(RaftServer.Division here, RaftPeerId leader) {
    return here.getInfo().isFollower() && leader.equals(here.getInfo().getLeaderId());
  }

  /** Whether nobody listens where a node did; looks for a moment. */
  static boolean hasEnded(RaftPeer peer) throws IOException, InterruptedException {
    String address = peer.getAddress();
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon);
    int port = Integer.parseInt(address.substring(colon + 1));
    for (int look = 0; look < LOOKS; look++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      } catch (ConnectException refused) {
        return true;
      }
      Thread.sleep(LOOK_PAUSE_MILLIS);
    }
    return false;
  }

  /** Whether a majority says where it is, and no other node is to stand rather than this one. */
  private boolean isHeir(RaftServer.Division here, List<RaftPeerId> others, int members) {
    Claim own = new Claim(LogEnd.of(here), here.getId());
    List<Claim> claims =
        others.stream().map(this::ask).toList().stream()
            .map(CompletableFuture::join)
            .filter(Objects::nonNull)
            .toList();
    return 1 + claims.size() > members / 2
        && claims.stream().allMatch(claim -> own.compareTo(claim) > 0);
  }

  private CompletableFuture<@Nullable Claim> ask(RaftPeerId peer) {
    return admin
        .logEnd(RaftIds.group(shard), peer)
        .<@Nullable Claim>handle((end, failure) -> {
          if (failure != null) {
            LOGGER.log(Level.DEBUG, "{0} does not say its last entry: {1}", peer, failure);
          }
          return end == null ? null : new Claim(end, peer);
        })
        .completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void stand(RaftServer.Division here, RaftPeerId leader) throws IOException {
    RaftRpcRequestProto server =
        RaftRpcRequestProto.newBuilder()
            .setRequestorId(leader.toByteString())
            .setReplyId(here.getId().toByteString())
            .setRaftGroupId(ProtoUtils.toRaftGroupIdProtoBuilder(RaftIds.group(shard)))
            .build();
    here.getRaftServer()
        .startLeaderElection(
            StartLeaderElectionRequestProto.newBuilder()
                .setServerRequest(server)
                .setLeaderLastEntry(LogEnd.of(here).last().toProto())
                .build());
  }

  /** What speaks for a node: the greater one is to stand. */
  record Claim(LogEnd end, RaftPeerId node) implements Comparable<Claim> {

    private static final Comparator<Claim> ORDER =
        Comparator.comparing((Claim claim) -> claim.end().last())
            .thenComparingLong(claim -> claim.end().applied())
            .thenComparing(claim -> claim.node().toString(), Comparator.reverseOrder());

    @Override
    public int compareTo(Claim other) {
      return ORDER.compare(this, other);
    }
  }
}

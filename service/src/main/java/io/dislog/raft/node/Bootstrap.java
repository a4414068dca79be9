package io.dislog.raft.node;

import io.dislog.commit.Member;
import io.dislog.commit.RaftConfig;
import io.dislog.raft.base.RaftIds;
import io.dislog.raft.group.CatchUp;
import io.dislog.raft.group.Participant;
import io.dislog.raft.group.ShardGroup;
import io.dislog.raft.group.Shards;
import io.dislog.raft.rpc.PeerClient;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.ratis.protocol.RaftPeer;
import org.jspecify.annotations.Nullable;

/**
 * How a node that has nothing becomes one that takes part. Run by one thread.
 *
 * <p>A node that lost its disk must not vote as if it remembered: with it, a minority that lacks
 * what was acknowledged would be a majority. So shards of which there is nothing are made here only
 * where nobody has any:
 *
 * <ol>
 *   <li>All first members are asked. As soon as all answered, and none has ever agreed on anything,
 *       this node remembers that, and waits a moment for the others to see the same. Not where it
 *       is told that there was a cluster: then it waits for its data.
 *   <li>It marks its directory, and makes the shards' groups of the first members.
 *   <li>Where any other has agreed on something, this node has itself taken out and added again, if
 *       it is a member; else it waits to be added. It makes no group: the one who adds it does,
 *       once the others have agreed that this node, as it was, is none of them.
 * </ol>
 */
final class Bootstrap {

  private static final System.Logger LOGGER = System.getLogger(Bootstrap.class.getName());

  /** Longer than a node takes to ask again, shorter than anybody minds. */
  private static final long HOLD_MILLIS = 1_000;

  private static final long PAUSE_MILLIS = 300;
  private static final String MISSED =
      "this node has a new volume where a cluster was, and no member that has data answers: bring the"
          + " volumes back, or set dislog.raft.may-begin to true for an empty cluster";
  private static final String LOST =
      "waiting to be added anew: this node has nothing of what the cluster knows";

  private final RaftConfig config;
  private final ClusterIdentity identity;
  private final Shards shards;
  private final PeerClient peers;
  private final LostQuorum lost;
  private final Consumer<String> tell;
  private String refusal = "";

  /**
   * @param lost has this node begin anew, where it is to
   * @param tell is told what is waited for, and nothing once that is over
   */
  Bootstrap(
      RaftConfig config,
      ClusterIdentity identity,
      Shards shards,
      PeerClient peers,
      LostQuorum lost,
      Consumer<String> tell) {
    this.config = config;
    this.identity = identity;
    this.shards = shards;
    this.peers = peers;
    this.lost = lost;
    this.tell = tell;
  }

  /** Fills in the groups that are missing, and returns once there are none and all caught up. */
  void run(Participant participant) throws IOException, InterruptedException {
    refusal = lost.run(participant, tell);
    boolean bootstrapped = identity.state() == ClusterIdentity.State.BOOTSTRAPPED;
    if (bootstrapped) {
      giveMembers(participant);
    }
    while (!shards.missing().isEmpty()) {
      String why = step(participant);
      if (why != null) {
        tell.accept(why);
        Thread.sleep(PAUSE_MILLIS);
      }
    }
    CatchUp.await(shards.groups(), this::tellBehind);
    tell.accept("");
  }

  private void tellBehind(List<Integer> behind) {
    List<String> why = new ArrayList<>(List.of("catching up: shards " + behind));
    List<Integer> leaderless = shards.leaderless();
    if (!leaderless.isEmpty()) {
      why.add("shards without a leader: " + leaderless);
    }
    List<Integer> memberless = shards.memberless();
    if (!memberless.isEmpty()) {
      why.add(NodeHealth.memberless(memberless));
    }
    if (!refusal.isEmpty()) {
      why.add(refusal);
    }
    tell.accept(String.join("; ", why));
  }

  /** Does what can be done now; says what is waited for where that was nothing. */
  private @Nullable String step(Participant participant) throws IOException, InterruptedException {
    if (identity.state() == ClusterIdentity.State.REMOVED) {
      return waitsToBeAdded("this node was removed");
    }
    List<Member> asked =
        config.peers().stream().filter(peer -> !peer.id().equals(config.self())).toList();
    List<PeerClient.Answer> answers = peers.ask(asked);
    for (int i = 0; i < asked.size(); i++) {
      if (answers.get(i).formed()) {
        return join(asked.get(i));
      }
    }
    if (self() == null) {
      return waitsToBeAdded("this node is not among the first members");
    }
    if (identity.state() == ClusterIdentity.State.MEMBER) {
      return "the others are not up yet, and this node has lost what it had";
    }
    if (!config.mayBegin()) {
      return MISSED;
    }
    if (answers.stream().allMatch(PeerClient.Answer::reached)) {
      bootstrap(participant, asked.isEmpty() ? 0 : HOLD_MILLIS);
      return null;
    }
    return "not all first members answer, and there is no cluster without them yet";
  }

  private void bootstrap(Participant participant, long holdMillis)
      throws IOException, InterruptedException {
    for (int shard : shards.missing()) {
      if (!shards.isEmpty(shard)) {
        throw new IOException(
            "the raft log of shard %d is gone, its logs are not".formatted(shard));
      }
    }
    Thread.sleep(holdMillis);
    identity.write(ClusterIdentity.State.BOOTSTRAPPED);
    for (int shard : shards.missing()) {
      participant.make(shard, firstMembers());
    }
    LOGGER.log(Level.INFO, "begins a cluster of {0}", config.peers().size());
  }

  private @Nullable String join(Member formed) {
    try {
      if (!peers.names(formed, config.self())) {
        return waitsToBeAdded("the cluster does not know this node");
      }
      LOGGER.log(Level.INFO, "has nothing, and asks {0} to be added anew", formed.id());
      tell.accept(LOST);
      peers.addEmpty(formed, config.self(), self());
      return null;
    } catch (IOException e) {
      LOGGER.log(Level.INFO, "is not added yet: {0}", e.getMessage());
      return LOST;
    }
  }

  private String waitsToBeAdded(String because) {
    return "waiting to be added (%s): PUT /v1/cluster/nodes/%s".formatted(because, config.self());
  }

  /**
   * Ratis keeps a group's first members nowhere: until a leader was elected, a group that is opened
   * from its folder has none, and waits for ever. One that has entries, and has lost who its
   * members are, must not be given the first ones: they may be fewer, and agree on something by
   * themselves.
   */
  private void giveMembers(Participant participant) throws IOException {
    for (ShardGroup group : shards.groups()) {
      if (group.hasNoMembers() && !group.formed()) {
        participant.reopen(group.shard(), firstMembers());
      }
    }
  }

  private List<RaftPeer> firstMembers() {
    return config.peers().stream().map(RaftIds::peer).toList();
  }

  private @Nullable Member self() {
    return config.peers().stream()
        .filter(peer -> peer.id().equals(config.self()))
        .findFirst()
        .orElse(null);
  }
}

package io.dislog.raft.node;

import io.dislog.commit.Member;
import io.dislog.commit.RaftConfig;
import io.dislog.disk.Disk;
import io.dislog.raft.base.RaftIds;
import io.dislog.raft.group.Participant;
import io.dislog.raft.group.ShardGroup;
import io.dislog.raft.group.Shards;
import io.dislog.raft.rpc.ConfirmedMembership;
import io.dislog.raft.rpc.PeerClient;
import io.dislog.raft.vote.MembersFile;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServer;

/**
 * Has a node begin its cluster anew by itself, from what it has, after most members lost their
 * data; as etcd's {@code --force-new-cluster}. Run by one thread.
 *
 * <p>What only the others had is given up, so that somebody must name this very cluster for it, and
 * nobody may see a quorum:
 *
 * <ol>
 *   <li>For a while no shard has a leader but this node alone, and no other member answers that has
 *       data: they could have what this node lacks. Else nothing is done, until the next start.
 *   <li>Each shard's group is closed, gets this node as its only member, and is opened again. The
 *       node elects itself, by which all of its raft log is committed, also what it did not know to
 *       be. Nothing of that log is lost.
 *   <li>Each raft log is cut before the entry that names this node alone: who is added later must
 *       not find earlier members in it, and take a majority of these for one.
 *   <li>The cluster gets another UUID, by which this is done once. A crash before that has all of
 *       it done again, which changes nothing that is so already. Nobody is added before it.
 * </ol>
 *
 * <p>No member of the lost ones may come back with its data later: a majority of them would still
 * be the former cluster.
 */
final class LostQuorum {

  private static final System.Logger LOGGER = System.getLogger(LostQuorum.class.getName());

  /** Within this, nodes that start at the same time answer, and elect a leader. */
  private static final long WATCH_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** A log that is damaged is never durable as a whole: then it stays as it is. */
  private static final long CUT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final long PAUSE_MILLIS = 200;
  private static final String PROPERTY = "dislog.raft.begin-anew";

  private final RaftConfig config;
  private final Disk disk;
  private final Path raftFolder;
  private final Shards shards;
  private final PeerClient peers;
  private final AgreedId id;

  /**
   * @param raftFolder of raft's own logs
   */
  LostQuorum(
      RaftConfig config, Disk disk, Path raftFolder, Shards shards, PeerClient peers, AgreedId id) {
    this.config = config;
    this.disk = disk;
    this.raftFolder = raftFolder;
    this.shards = shards;
    this.peers = peers;
    this.id = id;
    id.renews(config.givenUp() != null && config.givenUp().equals(id.value()));
  }

  /**
   * Begins anew where this node is to, and may. Blocks.
   *
   * @param tell is told what is being done, for people
   * @return why it does not though it is to, or nothing
   */
  String run(Participant participant, Consumer<String> tell)
      throws IOException, InterruptedException {
    if (!id.isRenewed()) {
      return "";
    }
    tell.accept("begins anew by itself, if no quorum answers: " + PROPERTY);
    String obstacle = obstacle();
    if (!obstacle.isEmpty()) {
      id.renews(false);
      LOGGER.log(Level.WARNING, "does not begin anew: {0}", obstacle);
      return "does not begin anew, as %s wants: %s".formatted(PROPERTY, obstacle);
    }
    LOGGER.log(Level.WARNING, "begins anew by itself, from what it has of cluster {0}", id.value());
    Map<ShardGroup, Long> begins = new HashMap<>();
    for (ShardGroup group : shards.groups()) {
      begins.put(group, beAlone(participant, group));
    }
    awaitCuts(begins, tell);
    id.renew();
    LOGGER.log(Level.WARNING, "has begun anew, as cluster {0}", id.value());
    return "";
  }

  /** Watches for a while, and says what is against it; nothing where nothing is. */
  private String obstacle() throws InterruptedException {
    if (!shards.missing().isEmpty()) {
      return "this node lacks the raft logs of shards " + shards.missing();
    }
    long until = System.nanoTime() + WATCH_NANOS;
    while (System.nanoTime() - until < 0) {
      for (ShardGroup group : shards.groups()) {
        Member leader = group.leader();
        if (leader != null && !isAlone(group)) {
          return "shard %d is led by %s".formatted(group.shard(), leader.id());
        }
        if (members(group).stream().noneMatch(member -> member.id().equals(config.self()))) {
          return "this node is not a member of shard %d".formatted(group.shard());
        }
      }
      List<String> others = othersWithData();
      if (!others.isEmpty()) {
        return "%s have data, too".formatted(others);
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return "";
  }

  /** The other members that have agreed on anything, as they say. */
  private List<String> othersWithData() {
    Set<Member> asked = new HashSet<>();
    shards.groups().forEach(group -> asked.addAll(members(group)));
    asked.removeIf(member -> member.id().equals(config.self()));
    List<Member> nodes = List.copyOf(asked);
    List<PeerClient.Answer> answers = peers.ask(nodes);
    return IntStream.range(0, nodes.size())
        .filter(node -> answers.get(node).formed())
        .mapToObj(node -> nodes.get(node).id())
        .sorted()
        .toList();
  }

  private List<Member> members(ShardGroup group) {
    List<RaftPeer> last = group.lastPeers();
    return last.isEmpty() ? config.peers() : last.stream().map(RaftIds::member).toList();
  }

  private boolean isAlone(ShardGroup group) {
    return ConfirmedMembership.ids(group.lastPeers()).equals(Set.of(config.self()));
  }

  /** Returns with which entry the raft log is to begin. */
  private long beAlone(Participant participant, ShardGroup group) throws IOException {
    RaftServer.Division division = group.division();
    if (division == null) {
      throw new IOException("shard %d is not open".formatted(group.shard()));
    }
    RaftPeer self =
        members(group).stream()
            .filter(member -> member.id().equals(config.self()))
            .findFirst()
            .map(RaftIds::peer)
            .orElseThrow(() ->
                new IOException("this node is not a member of shard %d".formatted(group.shard())));
    long term = division.getInfo().getCurrentTerm();
    long next = division.getRaftLog().getNextIndex();
    MembersFile file = new MembersFile(disk, RaftIds.folder(raftFolder, group.shard()));
    participant.reopen(group.shard(), List.of(self), () -> file.write(self, term, next));
    shards.cut(group.shard(), next);
    return next;
  }

  private static void awaitCuts(Map<ShardGroup, Long> begins, Consumer<String> tell)
      throws InterruptedException {
    long until = System.nanoTime() + CUT_NANOS;
    List<Integer> uncut = uncut(begins);
    while (!uncut.isEmpty() && System.nanoTime() - until < 0) {
      tell.accept("begins anew by itself, %s: shards %s".formatted(PROPERTY, uncut));
      Thread.sleep(PAUSE_MILLIS);
      uncut = uncut(begins);
    }
  }

  /** The shards whose raft logs begin before the entry with which they are to. */
  private static List<Integer> uncut(Map<ShardGroup, Long> begins) {
    return begins.entrySet().stream()
        .filter(entry -> {
          RaftServer.Division division = entry.getKey().division();
          return division == null || division.getRaftLog().getStartIndex() < entry.getValue();
        })
        .map(entry -> entry.getKey().shard())
        .sorted()
        .toList();
  }
}

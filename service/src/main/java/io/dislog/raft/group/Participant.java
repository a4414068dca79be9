package io.dislog.raft.group;

import io.dislog.commit.RaftConfig;
import io.dislog.raft.base.RaftIds;
import io.dislog.raft.rpc.FrameRpc;
import io.dislog.raft.rpc.RaftPeers;
import io.dislog.raft.rpc.RaftSettings;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.GroupManagementRequest;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;

/**
 * This node's part in raft, from when it opens its port until it is closed: the groups that it has
 * folders of, and those that are added. Safe for use by many threads.
 */
public final class Participant implements Closeable {

  private static final System.Logger LOGGER = System.getLogger(Participant.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Changes what is on the disk. */
  public interface Change {
    void make() throws IOException;
  }

  private final ClientId client = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();
  private final RaftPeerId self;
  private final RaftServer server;
  private final Shards shards;

  /** Takes part in the groups that there are folders of, as they were left. Blocks. */
  public Participant(RaftConfig config, RaftProperties properties, RaftPeers peers, Shards shards)
      throws IOException {
    this.self = RaftIds.id(config.self());
    this.shards = shards;
    server =
        RaftServer.newBuilder()
            .setServerId(self)
            .setProperties(properties)
            .setParameters(
                new FrameRpc.Setup(RaftSettings.address(config), peers, shards).parameters())
            .setStateMachineRegistry(shards)
            .setOption(RaftStorage.StartupOption.RECOVER)
            .build();
    server.start();
  }

  /** Makes a shard's group, of which this node must have nothing, with its first members. */
  public void make(int shard, List<RaftPeer> members) throws IOException {
    manage(newAdd(shard, members, true));
  }

  /**
   * Closes a shard's group and opens it again from its folder.
   *
   * @param members its first ones, which Ratis has nowhere until a leader was elected
   */
  public void reopen(int shard, List<RaftPeer> members) throws IOException {
    reopen(shard, members, () -> {});
  }

  /** Closes a shard's group and opens it again, with its folder changed in between. */
  public void reopen(int shard, List<RaftPeer> members, Change change) throws IOException {
    shards.setReopening(shard, true);
    try {
      manage(
          GroupManagementRequest.newRemove(
              client, self, calls.incrementAndGet(), RaftIds.group(shard), false, false));
      change.make();
      manage(newAdd(shard, members, false));
    } finally {
      shards.setReopening(shard, false);
    }
  }

  /** Takes no part in any shard's group any more, and deletes the raft logs. */
  public void removeAll() {
    for (int shard = 0; shard < shards.count(); shard++) {
      if (!shards.missing().contains(shard)) {
        remove(shard);
      }
    }
  }

  private void remove(int shard) {
    try {
      manage(
          GroupManagementRequest.newRemove(
              client, self, calls.incrementAndGet(), RaftIds.group(shard), true, false));
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, "shard {0} stays for now: {1}", shard, e.getMessage());
    }
  }

  /** Hands a shard that this node leads to another member; blocks until that leads. */
  public void transfer(int shard, RaftPeerId to, long millis) throws IOException {
    RaftClientReply reply =
        server.transferLeadership(
            new TransferLeadershipRequest(
                client, self, RaftIds.group(shard), calls.incrementAndGet(), to, millis));
    if (!reply.isSuccess()) {
      throw reply.getException();
    }
  }

  private GroupManagementRequest newAdd(int shard, List<RaftPeer> members, boolean format) {
    RaftGroup group = RaftGroup.valueOf(RaftIds.group(shard), members);
    return GroupManagementRequest.newAdd(client, self, calls.incrementAndGet(), group, format);
  }

  private void manage(GroupManagementRequest request) throws IOException {
    RaftClientReply reply = server.groupManagement(request);
    if (!reply.isSuccess()) {
      throw reply.getException();
    }
  }

  /**
   * Ends this node's part.
   *
   * @throws IOException where Ratis doesn't come to an end: closing a log waits for ever for a
   *     thread of its own that is about to evict what is cached (3.3.0)
   */
  @Override
  public void close() throws IOException {
    Thread closing = Thread.ofPlatform().daemon().name("raft-close").start(this::closeServer);
    try {
      if (!closing.join(PATIENCE)) {
        throw new IOException(
            "Ratis has not closed its logs after %d s".formatted(PATIENCE.toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void closeServer() {
    try {
      server.close();
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, "raft closed badly: {0}", e.toString());
    }
  }
}

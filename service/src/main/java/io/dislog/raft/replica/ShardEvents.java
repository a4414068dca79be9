package io.dislog.raft.replica;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;

/** What Ratis tells a shard, by any of its threads. */
public interface ShardEvents {

  /** The group takes part from now on. */
  void joined(RaftServer.Division division);

  /** All entries up to this one show, or were passed. */
  void applied(long index);

  /**
   * A node was elected, this one or another.
   *
   * <p>Nothing is taken from it, or sent where it is this one, before this returned.
   *
   * @param leader its id
   */
  void elected(String leader);

  /** This node begins or ceases to lead. */
  void leadershipChanged(boolean leading);

  /** Another node asks what {@link io.dislog.raft.rpc.RaftAdminClient} lets it. */
  CompletableFuture<ByteBuffer> answer(Message question);

  /** This node can't go on. */
  void failed(String what, @Nullable Throwable cause);

  /** Ratis closed the group on this node, wanted or not. */
  void closed();

  /** The group was taken from this node, on another's word, and its files are gone. */
  void removed();
}

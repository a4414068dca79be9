package io.dislog.raft.replica;

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

  /** This node can't go on. */
  void failed(String what, @Nullable Throwable cause);

  /** Ratis closed the group on this node, wanted or not. */
  void closed();

  /** The group was taken from this node, on another's word, and its files are gone. */
  void removed();
}

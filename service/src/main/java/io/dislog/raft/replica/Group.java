package io.dislog.raft.replica;

import io.dislog.command.Rejection;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** One shard's raft group, as seen by the node that takes part in it. Safe for many threads. */
public interface Group {

  /** The shard's number. */
  int shard();

  /** Whether this node leads the shard, as far as it knows; another may have been elected since. */
  boolean leads();

  /**
   * Has the shard's nodes agree on an entry. Never blocks.
   *
   * <p>Ends once the entry was applied here. Ends with {@link Rejection.NoLeader} where this node
   * does not lead, or ceases to; where that is {@link Rejection.NoLeader#certain} the entry was not
   * and will not be applied by anybody, else nobody knows. Ends with {@link Rejection.TooBusy}
   * where more is under way than raft holds; then, too, it is certain that it will not be applied.
   *
   * @param entry not to be changed any more
   * @param proposal handed to {@link Replica#apply} with the entry, in memory; it knows who waits,
   *     and whoever applies it answers them
   */
  CompletionStage<Void> propose(ByteBuffer entry, Object proposal);
}

package io.dislog.raft.replica;

import io.dislog.commit.Member;
import io.dislog.raft.base.Applied;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One shard's replicated state on this node, as its raft group drives it.
 *
 * <p>Called by one thread at a time, and what one call did is seen by the next; {@link #durable},
 * {@link #failure}, {@link #fetchedBytes}, {@link #damaged}, {@link #healable}, {@link #heal},
 * {@link #healed} and {@link #leadershipChanged} alone may be called at any time by any thread.
 */
public interface Replica extends Closeable {

  /**
   * The last entry whose effects are durable here, {@link Applied#NONE} where there is none: what
   * was applied behind it is applied again after a restart.
   */
  Applied durable();

  /**
   * Applies a committed entry. Never throws: what fails on this node's disk is told by {@link
   * #failure}.
   *
   * @param entry what was proposed; not to be kept
   * @param proposal what {@link Group#propose} was given, where this node proposed the entry since
   *     it leads; else null
   */
  void apply(Applied at, ByteBuffer entry, @Nullable Object proposal);

  /** An entry without commands was committed: an election, or a configuration. */
  void pass(Applied at);

  /**
   * Makes what was applied durable. Called now and then while entries are applied, so that the raft
   * log can be cut, and at the end.
   *
   * @param wait whether to return only once all of it is; else forcing goes on in the background
   * @return up to where it is durable now, which is never less than before
   * @throws IOException where the disk refuses; it is {@link #failure}, too, if it is for good
   */
  Applied checkpoint(boolean wait) throws IOException;

  /**
   * Takes over a peer's state, because the entries that are missing here are in no raft log any
   * more. Blocks, and goes on where it ended when it is called again after a failure. No entry is
   * applied meanwhile.
   *
   * @param from the shard's leader
   * @param atLeast the state must reach this entry
   * @return up to where the state reaches, durably
   */
  Applied install(Member from, Applied atLeast) throws IOException;

  /**
   * Takes over one log that is damaged here from a peer that has it whole, while entries of the
   * shard are applied. Blocks.
   *
   * @throws IOException where it could not, and nothing changed
   */
  default void heal(String log, Member from) throws IOException {
    throw new IOException("there is no log to be healed");
  }

  /** This node begins or ceases to lead the shard; told by any thread, in order. */
  void leadershipChanged(boolean leading);

  /** Bytes that were fetched from peers since this was opened. */
  default long fetchedBytes() {
    return 0;
  }

  /** How many logs were taken over from peers by {@link #heal} since this was opened. */
  default long healed() {
    return 0;
  }

  /** The logs that this node can't serve whole, though others can; in name order. */
  default List<String> damaged() {
    return List.of();
  }

  /** Those of them that can be taken over from another member; in name order. */
  default List<String> healable() {
    return List.of();
  }

  /** Why this node's state is good for nothing any more, or null. */
  @Nullable Exception failure();
}

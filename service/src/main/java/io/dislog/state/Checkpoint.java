package io.dislog.state;

/**
 * The entry up to which a shard's history is durable in its logs.
 *
 * @param term of the leader that proposed it
 * @param index from 0, or -1 where nothing is
 */
public record Checkpoint(long term, long index) {

  /** An entry has fewer commands: so many positions lie between two entries. */
  private static final int POSITION_BITS = 20;

  /**
   * The position in the history of an entry's command.
   *
   * @param command which of the entry's, from 0
   */
  public static long position(long index, int command) {
    return (index << POSITION_BITS) + command + 1;
  }

  /** The position of the last command that the entry can have. */
  public long lastPosition() {
    return (index + 1) << POSITION_BITS;
  }
}

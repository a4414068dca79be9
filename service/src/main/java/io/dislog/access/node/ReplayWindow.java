package io.dislog.access.node;

import java.util.Arrays;

/**
 * Which counts of a session were seen: each is taken once, in whatever order they come, unless it
 * is far behind the newest (as IPsec has it, RFC 4303, 3.4.3). Safe for use by many threads.
 */
final class ReplayWindow {

  /** More than a node has under way at once. */
  static final int SIZE = 1 << 14;

  private final long[] seen = new long[SIZE / Long.SIZE];
  private long newest;

  /** Whether a count is new, which it is no more then. */
  synchronized boolean take(long count) {
    if (count <= 0 || count <= newest - SIZE) {
      return false;
    }
    moveTo(count);
    boolean isNew = (seen[word(count)] & bit(count)) == 0;
    seen[word(count)] |= bit(count);
    return isNew;
  }

  /** Forgets what the places of newer counts had before. */
  private void moveTo(long count) {
    if (count - newest >= SIZE) {
      Arrays.fill(seen, 0);
    } else {
      for (long next = newest + 1; next <= count; next++) {
        seen[word(next)] &= ~bit(next);
      }
    }
    newest = Math.max(newest, count);
  }

  private static int word(long count) {
    return (int) (count % SIZE) / Long.SIZE;
  }

  private static long bit(long count) {
    return 1L << (count % Long.SIZE);
  }
}

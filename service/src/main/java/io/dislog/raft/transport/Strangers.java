package io.dislog.raft.transport;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Connections of which it is not known yet who has made them. There is a most of them: a further
 * one takes the place of the one that has been silent longest, for a node shows at once who it is.
 * Safe for use by many threads.
 */
final class Strangers {

  private final int most;
  private final Set<Closeable> open = new LinkedHashSet<>();

  Strangers(int most) {
    this.most = most;
  }

  /**
   * Takes one in.
   *
   * @return the one that has to leave for it, or null
   */
  synchronized @Nullable Closeable add(Closeable stranger) {
    open.add(stranger);
    if (open.size() <= most) {
      return null;
    }
    Closeable eldest = open.iterator().next();
    open.remove(eldest);
    return eldest;
  }

  /** Whoever has made it is known, or it is closed. */
  synchronized void remove(Closeable stranger) {
    open.remove(stranger);
  }

  synchronized List<Closeable> all() {
    return new ArrayList<>(open);
  }
}

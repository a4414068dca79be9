package io.dislog.siege;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Connections that behave alike. For one thread. */
final class Troop {

  private final Conduct conduct;
  private final Tally tally;
  private final Set<Assailant> open = new LinkedHashSet<>();
  private final long begin = System.nanoTime();
  private long made;
  private long pieces;
  private int gone;
  private int done;

  Troop(Conduct conduct, Tally tally) {
    this.conduct = conduct;
    this.tally = tally;
  }

  Conduct conduct() {
    return conduct;
  }

  Tally tally() {
    return tally;
  }

  /** Opens those that are missing, as far as the pace allows. */
  void fillUp(Selector selector, InetSocketAddress to) {
    long due = 1 + (System.nanoTime() - begin) * conduct.connectsPerSecond() / 1_000_000_000;
    while (made < due && open.size() + gone + done < conduct.connections()) {
      Assailant assailant = new Assailant(this, (int) (made % conduct.connections()));
      made++;
      try {
        assailant.open(selector, to);
        open.add(assailant);
      } catch (IOException e) {
        tally.refused();
        tally.note(String.valueOf(e.getMessage()));
        return;
      }
    }
  }

  /** Has those go on whose pause has ended. */
  void tick(long now) {
    for (Assailant each : new ArrayList<>(open)) {
      each.tick(now);
    }
  }

  byte @Nullable [] next(int connection, int piece) {
    byte[] next = conduct.script().next(connection, piece, pieces);
    pieces += next == null ? 0 : 1;
    return next;
  }

  /** One has nothing more to do. */
  void done(Assailant assailant) {
    if (open.remove(assailant)) {
      done++;
    }
  }

  /** The connection of one is gone. */
  void gone(Assailant assailant) {
    if (open.remove(assailant) && conduct.atEnd() == Conduct.AtEnd.STAY && !conduct.inTurn()) {
      gone++;
    }
  }

  int size() {
    return open.size();
  }

  boolean isDone() {
    return conduct.inTurn() && done == conduct.connections();
  }

  void close() {
    List.copyOf(open).forEach(Assailant::reset);
  }
}

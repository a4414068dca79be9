package io.dislog.siege;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One attack while it goes on: all of its connections, in one loop. For one thread. */
final class Assault {

  private static final long TICK_NANOS = 100_000_000;
  private static final long SELECT_MILLIS = 10;

  private final InetSocketAddress to;
  private final Tally tally = new Tally();
  private final List<Troop> troops = new ArrayList<>();

  Assault(Attack attack, int port) {
    to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    attack.troops().forEach(conduct -> troops.add(new Troop(conduct, tally)));
  }

  /** Goes on for so long, or until everything has been sent and answered. */
  Tally run(Duration length) throws IOException {
    long end = System.nanoTime() + length.toNanos();
    try (Selector selector = Selector.open()) {
      long tickAt = System.nanoTime();
      while (System.nanoTime() < end && !troops.stream().allMatch(Troop::isDone)) {
        troops.forEach(troop -> troop.fillUp(selector, to));
        tally.open(troops.stream().mapToInt(Troop::size).sum());
        selector.select(SELECT_MILLIS);
        for (SelectionKey key : selector.selectedKeys()) {
          if (key.attachment() instanceof Assailant assailant) {
            assailant.act();
          }
        }
        selector.selectedKeys().clear();
        if (System.nanoTime() >= tickAt) {
          tickAt = System.nanoTime() + TICK_NANOS;
          long now = System.nanoTime();
          troops.forEach(troop -> troop.tick(now));
        }
      }
      troops.forEach(Troop::close);
    }
    return tally;
  }
}

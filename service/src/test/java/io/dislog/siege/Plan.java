package io.dislog.siege;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a siege goes.
 *
 * @param brief whether each attack takes its short time
 * @param warmUp of the service, before the first
 * @param peace that is measured before each attack, or once before all of a brief siege
 * @param calm that is measured after each
 */
public record Plan(
    List<Attack> attacks,
    boolean brief,
    Duration warmUp,
    Duration peace,
    Duration calm,
    Aims aims) {

  private static final long OWN_BYTES = (256L + 128) << 20;
  private static final long PRINTED_BYTES = 256 << 10;

  /** All attacks, or those that are named. */
  public static Plan full(String names) {
    List<Attack> attacks =
        names.isEmpty()
            ? Attacks.all()
            : Stream.of(names.split(",", -1)).map(Attacks::named).toList();
    return new Plan(
        attacks,
        false,
        Duration.ofSeconds(5),
        Duration.ofMillis(1500),
        Duration.ofMillis(1500),
        new Aims(5, Duration.ofMillis(100), OWN_BYTES, PRINTED_BYTES));
  }

  /**
   * Some of the attacks, each for a few seconds. Two seconds of calm have few calls, and tests may
   * share the machine with others: the bound of the 99th percentile is there for whoever is shut
   * out, which takes seconds, not for whoever is late.
   */
  public static Plan shortened() {
    return new Plan(
        Attacks.all().stream().filter(attack -> attack.brief().isPositive()).toList(),
        true,
        Duration.ofSeconds(2),
        Duration.ofSeconds(2),
        Duration.ofMillis(800),
        new Aims(5, Duration.ofSeconds(1), OWN_BYTES, PRINTED_BYTES));
  }

  /**
   * How often an attack is made at most, until the client is served in time. In the calls of some
   * seconds, one pause of the machine is all of the 99th percentile; whoever is shut out is so each
   * time.
   */
  int tries() {
    return brief ? 3 : 1;
  }

  Duration length(Attack attack) {
    return brief ? attack.brief() : attack.length();
  }
}

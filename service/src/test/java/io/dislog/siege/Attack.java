package io.dislog.siege;

import java.time.Duration;
import java.util.List;

/**
 * One attack.
 *
 * @param name without spaces
 * @param length of it, if its scripts do not end before
 * @param brief its length in a short siege, or zero where it is left out of that
 */
record Attack(String name, Duration length, Duration brief, List<Conduct> troops) {

  static Attack of(String name, int seconds, int briefSeconds, Conduct... troops) {
    return new Attack(
        name, Duration.ofSeconds(seconds), Duration.ofSeconds(briefSeconds), List.of(troops));
  }
}

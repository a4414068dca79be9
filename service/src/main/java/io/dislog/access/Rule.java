package io.dislog.access;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Some rights of some principals on some logs. Immutable.
 *
 * @param who names of principals and groups
 * @param logs none where the rule is for admin alone
 * @param consumers the only ones that may be moved, or null where all may
 */
record Rule(
    Set<String> who, Rights may, List<LogPattern> logs, @Nullable List<NamePattern> consumers) {

  boolean isAbout(LogName log) {
    return logs.stream().anyMatch(pattern -> pattern.matches(log));
  }

  /** Whether it allows to move a consumer, of a log that the rule is about. */
  boolean allows(String consumer) {
    return may.has(Right.CONSUME)
        && (consumers == null || consumers.stream().anyMatch(pattern -> pattern.matches(consumer)));
  }

  /** Whether all that it allows holds for every log. */
  boolean isEverywhere() {
    return consumers == null && logs.stream().anyMatch(LogPattern::matchesAll);
  }
}

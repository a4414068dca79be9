package io.dislog.access;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What one principal may. Safe for use by many threads. */
public final class Grants {

  /** Everything. */
  public static final Grants ALL = new Grants(Rights.ALL, List.of());

  private static final int MOST_LOGS = 10_000;

  /** On every log. */
  private final Rights everywhere;

  private final boolean isForAllLogs;
  private final List<Rule> rules;
  private final Map<LogName, Rights> known = new ConcurrentHashMap<>();

  Grants(List<Rule> rules) {
    this(everywhere(rules), rules);
  }

  private Grants(Rights everywhere, List<Rule> rules) {
    this.everywhere = everywhere;
    this.isForAllLogs = everywhere.all().containsAll(Rights.OF_LOGS.all());
    this.rules = rules;
  }

  private static Rights everywhere(List<Rule> rules) {
    Rights rights = Rights.NONE;
    for (Rule rule : rules) {
      if (rule.may().has(Right.ADMIN)) {
        return Rights.ALL;
      }
      rights = rule.isEverywhere() ? rights.with(rule.may()) : rights;
    }
    return rights;
  }

  public boolean isAdmin() {
    return everywhere.has(Right.ADMIN);
  }

  /** Whether anything is allowed at all. */
  public boolean isAny() {
    return !rules.isEmpty() || !everywhere.isEmpty();
  }

  /** The rights on a log; of one to consume, that some consumer may be moved. */
  public Rights on(LogName log) {
    if (isForAllLogs || rules.isEmpty()) {
      return everywhere;
    }
    Rights there = known.get(log);
    return there != null ? there : find(log);
  }

  private Rights find(LogName log) {
    Rights rights = everywhere;
    for (Rule rule : rules) {
      rights = rule.isAbout(log) ? rights.with(rule.may()) : rights;
    }
    if (known.size() >= MOST_LOGS) {
      known.clear();
    }
    known.put(log, rights);
    return rights;
  }

  /** Whether a right is there, to consume for one consumer. */
  public boolean allow(Right right, LogName log, @Nullable String consumer) {
    if (everywhere.has(right)) {
      return true;
    }
    return on(log).has(right)
        && (right != Right.CONSUME || consumer == null || allowConsuming(log, consumer));
  }

  private boolean allowConsuming(LogName log, String consumer) {
    return rules.stream().anyMatch(rule -> rule.allows(consumer) && rule.isAbout(log));
  }
}

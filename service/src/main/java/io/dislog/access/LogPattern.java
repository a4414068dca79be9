package io.dislog.access;

import org.jspecify.annotations.Nullable;

/**
 * Which logs a rule is about: by their names or, as {@code stream:PATH}, by their paths. Immutable.
 *
 * @param ofPath whether it is about the path
 */
record LogPattern(NamePattern pattern, boolean ofPath) {

  private static final String STREAM = "stream:";

  /**
   * Reads a pattern.
   *
   * @throws RulesException where it is none
   */
  static LogPattern parse(String text) {
    boolean ofPath = text.startsWith(STREAM);
    return new LogPattern(
        NamePattern.parse(ofPath ? text.substring(STREAM.length()) : text), ofPath);
  }

  boolean matches(LogName log) {
    @Nullable String meant = ofPath ? log.path() : log.name();
    return meant != null && pattern.matches(meant);
  }

  /** Whether every log has such a name. */
  boolean matchesAll() {
    return !ofPath && pattern.matchesAll();
  }
}

package io.dislog.access;

/**
 * A name, or the beginning of names. Immutable.
 *
 * @param text the name, or what it begins with
 * @param isPrefix whether more may follow
 */
record NamePattern(String text, boolean isPrefix) {

  private static final String ANYTHING = "*";

  /**
   * Reads a name, or a beginning and an asterisk.
   *
   * @throws RulesException where it is neither
   */
  static NamePattern parse(String text) {
    boolean isPrefix = text.endsWith(ANYTHING);
    String rest = isPrefix ? text.substring(0, text.length() - 1) : text;
    if (rest.contains(ANYTHING)) {
      throw new RulesException("'%s' has a '*' that is not at its end".formatted(text));
    }
    if (text.isEmpty()) {
      throw new RulesException("a name is empty");
    }
    return new NamePattern(rest, isPrefix);
  }

  boolean matches(String name) {
    return isPrefix ? name.startsWith(text) : name.equals(text);
  }

  boolean matchesAll() {
    return isPrefix && text.isEmpty();
  }
}

package io.dislog.shard;

/** What logs and consumers may be called. */
public final class Names {

  private static final int MAX_CHARS = 128;

  private Names() {}

  /** A file's name as it can be printed, whoever chose it. */
  static String printable(String name) {
    return name.replaceAll("[^ -~]", "?");
  }

  /** Whether a name matches {@code [a-z0-9][a-z0-9._-]{0,127}}; such a name is safe as a file's. */
  public static boolean isValid(String name) {
    if (name.isEmpty() || name.length() > MAX_CHARS || !isLetterOrDigit(name.charAt(0))) {
      return false;
    }
    for (int i = 1; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isLetterOrDigit(c) && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }
}

package io.dislog.http.notation;

/** Words of clients, made fit to be repeated to them. */
public final class Text {

  private static final int MAX = 200;

  private Text() {}

  /** The text without control characters, and not long. */
  public static String safe(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .limit(MAX)
        .map(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF) ? '?' : c)
        .forEach(safe::appendCodePoint);
    return text.codePointCount(0, text.length()) > MAX ? safe + "…" : safe.toString();
  }
}

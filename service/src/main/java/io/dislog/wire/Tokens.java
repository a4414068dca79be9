package io.dislog.wire;

/** Which bytes may stand where in a head (RFC 9110, 5.6.2 and 5.5). */
final class Tokens {

  private static final String MARKS = "!#$%&'*+-.^_`|~";
  private static final String HOST_MARKS = "-._~!$&'()*+,;=%:[]";

  private Tokens() {}

  /** Whether a byte may stand in a method or a header's name. */
  static boolean isToken(byte b) {
    return isAlphanumeric(b) || MARKS.indexOf(b) >= 0;
  }

  /** Whether a byte may stand in a header's value. */
  static boolean isValue(byte b) {
    return b >= ' ' ? b != 0x7f : b < 0 || b == '\t';
  }

  /** Whether all of it may be a Host, which may be empty. */
  static boolean isHost(String host) {
    return host.chars().allMatch(c -> isAlphanumeric(c) || HOST_MARKS.indexOf(c) >= 0);
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}

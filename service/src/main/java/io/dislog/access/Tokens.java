package io.dislog.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Named tokens, known by their SHA-256 alone. Immutable.
 *
 * <p>Its file has a line for each: a name, a space and the digest in hexadecimal digits. Empty
 * lines, and those that begin with {@code #}, say nothing. A name may have several tokens, so that
 * one can replace another.
 */
public final class Tokens {

  /** Of which nobody can show one. */
  public static final Tokens NONE = new Tokens(Map.of());

  private static final Pattern LINE = Pattern.compile("([^\\s#]\\S*)\\s+(\\p{XDigit}{64})");
  private static final HexFormat HEX = HexFormat.of();

  private final Map<String, Principal.Named> byDigest;

  private Tokens(Map<String, Principal.Named> byDigest) {
    this.byDigest = byDigest;
  }

  /**
   * Reads a file.
   *
   * @throws RulesException that says which line can't be understood; not what it has, which may be
   *     a secret
   */
  public static Tokens parse(String text) {
    Map<String, Principal.Named> byDigest = new HashMap<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String entry = line.strip();
      if (!entry.isEmpty() && !entry.startsWith("#")) {
        add(byDigest, entry, number);
      }
    }
    return new Tokens(Map.copyOf(byDigest));
  }

  private static void add(Map<String, Principal.Named> byDigest, String entry, int number) {
    var parts = LINE.matcher(entry);
    if (!parts.matches()) {
      throw new RulesException("line %d is not a name and a SHA-256".formatted(number));
    }
    Principal.Named named = new Principal.Named("token:" + parts.group(1));
    Principal.Named other = byDigest.putIfAbsent(parts.group(2).toLowerCase(Locale.ROOT), named);
    if (other != null && !other.equals(named)) {
      throw new RulesException("line %d has another name's token".formatted(number));
    }
  }

  /** Whose token this is, or null where it is nobody's. */
  public Principal.@Nullable Named owner(String token) {
    return byDigest.isEmpty() ? null : byDigest.get(digest(token));
  }

  private static String digest(String token) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HEX.formatHex(sha.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

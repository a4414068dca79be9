package io.dislog.http.notation;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a text that a parser did not take for JSON (RFC 8259), in words for who wrote
 * it: the parser decides, this explains. Used by one thread.
 */
public final class JsonFlaw {

  private static final String SPACE = " \t\r\n";
  private static final String ESCAPES = "\"\\/bfnrt";
  private static final int UNICODE_DIGITS = 4;
  private static final List<String> LITERALS = List.of("true", "false", "null");

  private final ByteBuffer text;
  private final int end;
  private final int maxDepth;
  private final int maxDigits;

  /** Which of the arrays and objects that are open are objects, from the outermost on. */
  private final BitSet objects = new BitSet();

  private int depth;
  private int at;
  private @Nullable String flaw;

  private JsonFlaw(ByteBuffer text, int maxDepth, int maxDigits) {
    this.text = text;
    this.at = text.position();
    this.end = text.limit();
    this.maxDepth = maxDepth;
    this.maxDigits = maxDigits;
  }

  /**
   * The first flaw, and where it stands.
   *
   * @param maxDepth of arrays and objects in one another
   * @param maxDigits of a number, its other characters counted too
   * @return null where the text is one JSON value
   */
  public static @Nullable String in(ByteBuffer utf8, int maxDepth, int maxDigits) {
    JsonFlaw search = new JsonFlaw(utf8, maxDepth, maxDigits);
    Wanted wanted = Wanted.VALUE;
    while (search.flaw == null && search.skipSpace()) {
      wanted = search.step(wanted);
    }
    if (search.flaw == null && wanted != Wanted.NOTHING) {
      search.instead(wanted);
    }
    return search.flaw == null ? null : search.flaw + " at " + search.place();
  }

  private boolean skipSpace() {
    while (at < end && SPACE.indexOf(text.get(at)) >= 0) {
      at++;
    }
    return at < end;
  }

  /** Goes over what is wanted, and says what is next. */
  private Wanted step(Wanted wanted) {
    byte c = text.get(at);
    return switch (wanted) {
      case VALUE -> value(wanted, c);
      case VALUE_OR_END -> c == ']' ? close() : value(wanted, c);
      case NAME -> name(wanted, c);
      case NAME_OR_END -> c == '}' ? close() : name(wanted, c);
      case COLON -> c == ':' ? over(Wanted.VALUE) : instead(wanted);
      case COMMA_OR_BRACE -> c == ',' ? over(Wanted.NAME) : c == '}' ? close() : instead(wanted);
      case COMMA_OR_BRACKET -> c == ',' ? over(Wanted.VALUE) : c == ']' ? close() : instead(wanted);
      case NOTHING -> instead(wanted);
    };
  }

  private Wanted value(Wanted wanted, byte c) {
    return switch (c) {
      case '{' -> open(true);
      case '[' -> open(false);
      case '"' -> string(Wanted.VALUE);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      case 't', 'f', 'n' -> literal();
      default -> instead(wanted);
    };
  }

  private Wanted name(Wanted wanted, byte c) {
    return c == '"' ? string(Wanted.COLON) : instead(wanted);
  }

  private Wanted open(boolean object) {
    if (depth == maxDepth) {
      return fail("arrays and objects are nested more than %d deep".formatted(maxDepth));
    }
    objects.set(depth++, object);
    return over(object ? Wanted.NAME_OR_END : Wanted.VALUE_OR_END);
  }

  private Wanted close() {
    depth--;
    at++;
    return behindValue();
  }

  private Wanted behindValue() {
    return depth == 0
        ? Wanted.NOTHING
        : objects.get(depth - 1) ? Wanted.COMMA_OR_BRACE : Wanted.COMMA_OR_BRACKET;
  }

  private Wanted over(Wanted next) {
    at++;
    return next;
  }

  /**
   * @param next what follows a name, or a value where it is none
   */
  private Wanted string(Wanted next) {
    int begin = at++;
    while (at < end && text.get(at) != '"') {
      byte c = text.get(at);
      if (c >= 0 && c < ' ') {
        return fail("%s is not escaped in a string".formatted(found()));
      }
      if (c == '\\' && !escape()) {
        return Wanted.NOTHING;
      }
      at++;
    }
    if (at == end) {
      at = begin;
      return fail("the string does not end that begins");
    }
    at++;
    return next == Wanted.COLON ? next : behindValue();
  }

  /** Leaves the place at the escape's last character. */
  private boolean escape() {
    int begin = at++;
    boolean known = at < end && (text.get(at) == 'u' || ESCAPES.indexOf(text.get(at)) >= 0);
    if (known && text.get(at) == 'u') {
      for (int i = 0; i < UNICODE_DIGITS; i++) {
        at++;
        known &= at < end && Character.digit(text.get(at), 16) >= 0;
      }
    }
    if (!known) {
      at = begin;
      fail("there is no such escape in a string: '%s'".formatted(excerpt(6)));
    }
    return known;
  }

  private Wanted number() {
    int begin = at;
    at += text.get(at) == '-' ? 1 : 0;
    boolean zero = at < end && text.get(at) == '0';
    int digits = digits();
    boolean good = digits == 1 || (digits > 1 && !zero);
    if (at < end && text.get(at) == '.') {
      at++;
      good &= digits() > 0;
    }
    if (at < end && (text.get(at) == 'e' || text.get(at) == 'E')) {
      at++;
      at += at < end && (text.get(at) == '+' || text.get(at) == '-') ? 1 : 0;
      good &= digits() > 0;
    }
    boolean tooLong = at - begin > maxDigits;
    if (good && !tooLong) {
      return behindValue();
    }
    at = begin;
    return fail(
        good
            ? "a number has more than %d characters".formatted(maxDigits)
            : "'%s' is not a number".formatted(excerpt(16)));
  }

  private int digits() {
    int begin = at;
    while (at < end && text.get(at) >= '0' && text.get(at) <= '9') {
      at++;
    }
    return at - begin;
  }

  private Wanted literal() {
    for (String literal : LITERALS) {
      if (excerpt(literal.length() + 1).equals(literal)) {
        at += literal.length();
        return behindValue();
      }
    }
    return fail("'%s' is not a JSON value".formatted(excerpt(16)));
  }

  /** The word that begins here, or so much of it. */
  private String excerpt(int most) {
    StringBuilder word = new StringBuilder();
    for (int i = at; i < Math.min(end, at + most); i++) {
      byte c = text.get(i);
      if (c <= ' ' || (i > at && ",:]}\"".indexOf(c) >= 0)) {
        break;
      }
      word.append((char) c);
    }
    return word.toString();
  }

  private Wanted instead(Wanted wanted) {
    return fail(
        at < end
            ? "%s found where %s is expected".formatted(found(), wanted.words)
            : "it ends where %s is expected".formatted(wanted.words));
  }

  private Wanted fail(String what) {
    flaw = what;
    return Wanted.NOTHING;
  }

  /** The character that stands here. */
  private String found() {
    int c = Utf8.decode(text.slice(at, Math.min(end - at, 4))).codePointAt(0);
    return c > ' ' && c != 0x7F && !Character.isISOControl(c)
        ? "'" + Character.toString(c) + "'"
        : "the character U+%04X".formatted(c);
  }

  /** Where it stands, as editors count. */
  private String place() {
    int line = 1;
    int column = 1;
    for (int i = text.position(); i < at; i++) {
      if (text.get(i) == '\n') {
        line++;
        column = 1;
      } else {
        column += Utf8.charactersBegunBy(text.get(i));
      }
    }
    return "line %d, column %d".formatted(line, column);
  }

  private enum Wanted {
    VALUE("a value"),
    VALUE_OR_END("a value or the array's end"),
    NAME("a member's name in double quotes"),
    NAME_OR_END("a member's name in double quotes or the object's end"),
    COLON("a colon"),
    COMMA_OR_BRACE("a comma or the object's end"),
    COMMA_OR_BRACKET("a comma or the array's end"),
    NOTHING("the end of the text");

    private final String words;

    Wanted(String words) {
      this.words = words;
    }
  }
}

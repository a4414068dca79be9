package io.dislog.http.notation;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A media type or range.
 *
 * @param name type and subtype in lower case
 * @param parameters by their names in lower case, values unquoted
 */
public record MediaType(String name, Map<String, String> parameters) {

  public static final String JSON = "application/json";
  public static final String MERGE_PATCH = "application/merge-patch+json";
  public static final String NDJSON = "application/x-ndjson";
  public static final String BATCH = "application/vnd.dislog.batch";
  public static final String BATCH_JSON = "application/vnd.dislog.batch+json";
  public static final String EVENTS = "text/event-stream";
  public static final String BYTES = "application/octet-stream";
  public static final String FORM = "application/x-www-form-urlencoded";
  public static final String PROBLEM = "application/problem+json";

  /** A log's media type is a header's value, and is kept in each replica's memory. */
  public static final int MAX_KEPT_CHARACTERS = 256;

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern NAME = Pattern.compile("(" + TOKEN + "/" + TOKEN + ")[ \t]*");
  private static final Pattern PARAMETER =
      Pattern.compile(
          ";[ \t]*(?:(" + TOKEN + ")=(?:(" + TOKEN + ")|\"((?:[^\"\\\\]|\\\\.)*+)\"))?[ \t]*");

  /** Reads a media type as a header has it; null where it is none. */
  public static @Nullable MediaType parse(String text) {
    String whole = text.strip();
    Matcher name = NAME.matcher(whole);
    if (!name.lookingAt()) {
      return null;
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    Matcher parameter = PARAMETER.matcher(whole);
    int at = name.end();
    while (at < whole.length()) {
      if (!parameter.region(at, whole.length()).lookingAt()) {
        return null;
      }
      if (parameter.group(1) != null) {
        String value = parameter.group(2);
        parameters.putIfAbsent(
            parameter.group(1).toLowerCase(Locale.ROOT),
            value == null ? parameter.group(3).replaceAll("\\\\(.)", "$1") : value);
      }
      at = parameter.end();
    }
    return new MediaType(name.group(1).toLowerCase(Locale.ROOT), parameters);
  }

  /** Whether a text is a media type that a log can have. */
  public static boolean canBeKept(String text) {
    return text.length() <= MAX_KEPT_CHARACTERS && parse(text) != null;
  }

  /** Whether a text is the media type of JSON, with parameters or without. */
  public static boolean isJson(@Nullable String text) {
    return text != null && nameAlone(text).equals(JSON);
  }

  /** What stands before the parameters, whatever these are. */
  public static String nameAlone(String text) {
    int end = text.indexOf(';');
    return text.substring(0, end < 0 ? text.length() : end).strip().toLowerCase(Locale.ROOT);
  }

  /** Whether it says nothing of a charset, or that it is UTF-8. */
  public boolean isUtf8() {
    String charset = parameters.get("charset");
    return charset == null || charset.equalsIgnoreCase("utf-8") || charset.equalsIgnoreCase("utf8");
  }
}

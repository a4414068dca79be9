package io.dislog.kit.smoke;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service answered.
 *
 * @param request that it answered, to be told of
 */
record Answer(String request, int status, String text) {

  /** The number of a member of a JSON object, wherever it first stands, or -1. */
  long number(String member) {
    Matcher found = Pattern.compile("\"" + member + "\":(\\d+)").matcher(text);
    return found.find() ? Long.parseLong(found.group(1)) : -1;
  }

  /** How often a text stands in it. */
  int count(String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }
}

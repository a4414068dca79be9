package io.dislog.http.notation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Entity tags in conditions (RFC 9110, 13.1.2). */
public final class EntityTag {

  private static final Pattern TAG =
      Pattern.compile("[ \t]*(?:W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")[ \t]*(?:,|$)");

  private EntityTag() {}

  /**
   * Whether If-None-Match has a tag, compared weakly.
   *
   * @param ifNoneMatch the header, or null; what is no list of tags matches nothing
   */
  public static boolean matches(@Nullable String ifNoneMatch, String tag) {
    if (ifNoneMatch == null) {
      return false;
    }
    if (ifNoneMatch.strip().equals("*")) {
      return true;
    }
    Matcher element = TAG.matcher(ifNoneMatch);
    while (element.lookingAt()) {
      if (element.group(1).equals(tag)) {
        return true;
      }
      element.region(element.end(), ifNoneMatch.length());
    }
    return false;
  }
}

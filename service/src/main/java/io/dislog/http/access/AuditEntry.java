package io.dislog.http.access;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who asked for what, from where, and what came of it. Immutable.
 *
 * @param address of the connection, with its port
 * @param log that the path is about, or null
 * @param right that was needed
 * @param outcome the status of the answer, or that there was none
 */
record AuditEntry(
    String time,
    String principal,
    String address,
    String request,
    @Nullable String log,
    String right,
    String outcome) {

  /** As a JSON object on one line. */
  String json() {
    return members().entrySet().stream()
        .map(member -> quoted(member.getKey()) + ":" + quoted(member.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** As words for people, each with its name. */
  String line() {
    return members().entrySet().stream()
        .map(member -> member.getKey() + "=" + word(member.getValue()))
        .collect(Collectors.joining(" "));
  }

  private Map<String, String> members() {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("time", time);
    members.put("principal", principal);
    members.put("address", address);
    members.put("request", request);
    if (log != null) {
      members.put("log", log);
    }
    members.put("right", right);
    members.put("outcome", outcome);
    return members;
  }

  private static String word(String value) {
    boolean isPlain = !value.isEmpty() && value.chars().allMatch(c -> c > ' ' && isPrinted(c));
    return isPlain ? value : quoted(value);
  }

  /** What somebody chose can't look like a second member or a second line. */
  private static String quoted(String value) {
    StringBuilder text = new StringBuilder("\"");
    value
        .chars()
        .forEach(c -> text.append(isPrinted(c) ? Character.toString(c) : "\\u%04x".formatted(c)));
    return text.append('"').toString();
  }

  private static boolean isPrinted(int c) {
    return c >= ' ' && c < 0x7F && c != '"' && c != '\\';
  }
}

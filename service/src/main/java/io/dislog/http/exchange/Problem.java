package io.dislog.http.exchange;

import io.dislog.api.ApiJson;
import io.dislog.api.ProblemDocument;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.RequestPath;
import java.util.Map;
import java.util.TreeMap;

/**
 * A refusal as RFC 9457 writes it, but for its instance, which is the path that was asked for.
 *
 * @param type what kind of refusal
 * @param detail one sentence about this one; nothing in it comes from the server's disk
 * @param members the further ones, numbers or strings, in the order of their names
 * @param headers to be sent with it
 */
public record Problem(
    ProblemType type, String detail, Map<String, Object> members, Map<String, String> headers) {

  /** How long clients should wait before they try again, in seconds. */
  private static final String RETRY_AFTER = "1";

  public static Problem of(ProblemType type, String detail) {
    return new Problem(
        type, detail, Map.of(), type.retryable() ? Map.of("Retry-After", RETRY_AFTER) : Map.of());
  }

  /** This problem with one more member. */
  public Problem with(String member, Object value) {
    Map<String, Object> more = new TreeMap<>(members);
    more.put(member, value);
    return new Problem(type, detail, more, headers);
  }

  /** This problem with one more header. */
  public Problem withHeader(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new Problem(type, detail, members, more);
  }

  public int status() {
    return type.status();
  }

  /** The document. */
  public byte[] json(RequestPath instance) {
    return ApiJson.write(
        new ProblemDocument(
            type.uri(),
            type.title(),
            type.status(),
            detail,
            instance.toString(),
            type.retryable(),
            members));
  }
}

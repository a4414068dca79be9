package io.dislog.http.notation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The path of a request: its segments, each percent-decoded once. Whoever decides something by a
 * path asks this, so that a path means the same to all of them however it is written. Immutable.
 *
 * <p>Nothing is straightened: an empty segment and one of dots are segments like others, and so no
 * name. A segment that can't be decoded stays as it was sent; it has a percent sign or a character
 * beyond ASCII, which nothing that is looked for has.
 */
public final class RequestPath {

  private final List<String> segments;
  private final boolean readable;
  private final @Nullable Route route;
  private final @Nullable String stream;
  private final @Nullable String log;

  private RequestPath(List<String> segments, boolean readable) {
    this.segments = segments;
    this.readable = readable;
    this.route = Route.of(segments);
    boolean isNamed = segments.size() > 2;
    this.stream =
        isNamed && isBelow("stream")
            ? String.join("/", segments.subList(2, segments.size()))
            : null;
    this.log =
        stream != null
            ? StreamName.ofPath(stream)
            : isNamed && isBelowLogs() ? segments.get(2) : null;
  }

  /**
   * Reads a path.
   *
   * @param sent as it stands in the request line, without its query
   */
  public static RequestPath of(@Nullable String sent) {
    String path = sent == null ? "" : sent;
    boolean readable = path.startsWith("/");
    List<String> segments = new ArrayList<>();
    for (String segment : (readable ? path.substring(1) : path).split("/", -1)) {
      ByteBuffer decoded = Percent.decode(segment);
      readable &= decoded != null;
      segments.add(decoded == null ? segment : Utf8.decode(decoded));
    }
    return new RequestPath(List.copyOf(segments), readable);
  }

  /** Whether it is a path of percent-encoded UTF-8. */
  public boolean isReadable() {
    return readable;
  }

  /**
   * Whether its segments are such that no reader of paths would encode or straighten them: none is
   * empty or made of dots, and all their characters are unreserved (RFC 3986, 2.3).
   */
  public boolean isPlain() {
    return segments.stream()
        .allMatch(segment ->
            !segment.isEmpty()
                && !segment.equals(".")
                && !segment.equals("..")
                && encode(segment).equals(segment));
  }

  /** What can be done there, or null where nothing can. */
  public @Nullable Route route() {
    return route;
  }

  /** What stands where the route has a parameter. */
  public String parameter(String name) {
    if (route == null) {
      throw new IllegalStateException("nothing is at " + this);
    }
    return segments.get(route.indexOf(name));
  }

  /** What stands where the route has a parameter, or null where it has none of that name. */
  public @Nullable String parameterOrNull(String name) {
    return route == null || route.indexOf(name) < 0 ? null : segments.get(route.indexOf(name));
  }

  /** What stands where a log's name is expected, or null where the path is about no log. */
  public @Nullable String logName() {
    return log;
  }

  /** The path of a stream, with slashes between its segments, or null where it is another path. */
  public @Nullable String streamPath() {
    return stream;
  }

  /** Whether records are appended here, or read: one, a range of them, or a stream. */
  public boolean isOfRecords() {
    return (segments.size() >= 4 && segments.get(3).equals("records") && isBelowLogs())
        || streamPath() != null;
  }

  /** Whether an answer may be what somebody appended, as it is: one record, or a stream. */
  public boolean showsContent() {
    return streamPath() != null
        || (segments.size() == 5 && segments.get(3).equals("records") && isBelowLogs());
  }

  /** The log whose records are at this path, or null where it is another path. */
  public @Nullable String logOfRecords() {
    return segments.size() == 4 && segments.get(3).equals("records") ? logName() : null;
  }

  /** Whether what is here is the same on all nodes. */
  public boolean isReplicated() {
    return isBelowLogs() || isDefaults() || streamPath() != null;
  }

  public boolean isDefaults() {
    return segments.equals(List.of("v1", "defaults"));
  }

  /** Written so that only what may stand in a path unencoded does. */
  @Override
  public String toString() {
    return segments.stream().map(RequestPath::encode).collect(Collectors.joining("/", "/", ""));
  }

  private boolean isBelowLogs() {
    return isBelow("logs");
  }

  private boolean isBelow(String second) {
    return segments.size() > 1 && segments.get(0).equals("v1") && segments.get(1).equals(second);
  }

  private static String encode(String segment) {
    return Percent.encode(ByteBuffer.wrap(segment.getBytes(StandardCharsets.UTF_8)));
  }
}

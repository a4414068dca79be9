package io.dislog.http.cluster;

import io.vertx.core.MultiMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which headers are about one connection, and so are not sent on (RFC 9110, 7.6.1). */
final class HopHeaders {

  private static final Set<String> HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** What the one who sends on says anew: to whom, how much, and that it waits for no leave. */
  private static final Set<String> OWN = Set.of("host", "content-length", "expect");

  private HopHeaders() {}

  /** Adds what is sent on of a request's headers. */
  static void copyRequest(MultiMap from, MultiMap to) {
    copy(from, to, OWN);
  }

  /** Adds what is sent on of an answer's headers. */
  static void copyAnswer(MultiMap from, MultiMap to) {
    copy(from, to, Set.of());
  }

  private static void copy(MultiMap from, MultiMap to, Set<String> others) {
    Set<String> left = new HashSet<>(others);
    left.addAll(HOP);
    for (String named : from.getAll("Connection")) {
      for (String name : named.split(",", -1)) {
        left.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    for (Map.Entry<String, String> header : from) {
      if (!left.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        to.add(header.getKey(), header.getValue());
      }
    }
  }
}

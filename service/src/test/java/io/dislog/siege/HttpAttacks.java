package io.dislog.siege;

import static io.dislog.siege.Requests.bytes;
import static io.dislog.siege.Requests.get;
import static io.dislog.siege.Requests.head;
import static io.dislog.siege.Requests.with;

import java.util.List;

/** What is allowed by HTTP and meant to cost much, and what is no HTTP. */
final class HttpAttacks {

  private static final String CHUNKED =
      head("POST", "/v1/logs/" + Attacks.TARGET + "/records", "Transfer-Encoding: chunked")
          + "\r\n";

  private static final List<byte[]> NONSENSE =
      List.of(
          bytes("\0\0\0\0\r\n\r\n"),
          bytes("hello\r\n\r\n"),
          bytes("GET / HTTP/9.9\r\nHost: localhost\r\n\r\n"),
          bytes("GET /v1/logs\0 HTTP/1.1\r\nHost: localhost\r\n\r\n"),
          bytes(head("GET", "/v1/logs", "no colon") + "\r\n"),
          bytes(head("GET", "/v1/logs", "X: y", " folded") + "\r\n"),
          bytes(head("GET", "/v1/logs", "Host: other") + "\r\n"),
          bytes(CHUNKED + "ZZZ\r\nhalf\r\n0\r\n\r\n"),
          bytes(CHUNKED + "ffffffffffffffffff\r\nhalf\r\n"),
          bytes(head("POST", "/v1/logs", "Content-Length: -4") + "\r\n"),
          bytes(head("POST", "/v1/logs", "Content-Length: 4", "Content-Length: 5") + "\r\nhalf"),
          bytes(head("POST", "/v1/logs", "Transfer-Encoding: strange") + "\r\nhalf"),
          bytes("GET " + "/".repeat(200_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"),
          bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
          bytes(head("GET", "/v1/logs/%zz/%ff/..%2f..%2f") + "\r\n"));

  private HttpAttacks() {}

  static List<Attack> all() {
    byte[] tinyChunks = bytes("1\r\nx\r\n".repeat(5000));
    byte[] extensions = bytes(("1;name=" + "v".repeat(200) + "\r\nx\r\n").repeat(200));
    String headers = "X-Header: value\r\n".repeat(1000);
    String trailers = CHUNKED + "1\r\nx\r\n0\r\n" + headers + "\r\n";
    return List.of(
        Attack.of("malformed-http", 8, 0, Conduct.of(50, 500, nonsense()).abortingAfter(1)),
        Attack.of(
            "chunks-of-a-byte",
            10,
            0,
            Conduct.of(8, 100, Script.first(bytes(CHUNKED), tinyChunks, 6710))),
        Attack.of(
            "chunk-extensions",
            8,
            0,
            Conduct.of(8, 100, Script.first(bytes(CHUNKED), extensions, Integer.MAX_VALUE))),
        endlessly("trailers", bytes(trailers)),
        endlessly(
            "thousand-headers",
            bytes(head("GET", "/v1/logs/" + Attacks.TARGET) + headers + "\r\n")),
        Attack.of("json-bombs", 6, 0, Conduct.of(4, 50, bombs()).inTurns()),
        Attack.of("strange-names", 6, 0, Conduct.of(8, 50, strangeNames()).inTurns()),
        endlessly(
            "long-queries",
            get("/v1/logs/" + Attacks.LARGE + "/records?limit=1&consumer=" + "%41".repeat(5000))),
        endlessly(
            "http-1.0",
            bytes(
                "GET /v1/logs/" + Attacks.TARGET + " HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")),
        endlessly(
            "many-ranges",
            get(
                "/v1/logs/" + Attacks.LARGE + "/records/0",
                "Range: bytes=" + "0-1,".repeat(1000) + "0-1")));
  }

  /** A request after the other on a few connections. */
  private static Attack endlessly(String name, byte[] request) {
    return Attack.of(
        name, 5, 0, Conduct.of(4, 50, Script.repeat(request, Integer.MAX_VALUE)).inTurns());
  }

  /** JSON that is deep, or whose numbers are large, in what looks like a batch. */
  private static Script bombs() {
    String path = "/v1/logs/" + Attacks.TARGET + "/records";
    String type = "Content-Type: application/vnd.dislog.batch+json";
    String batch = "{\"records\":[{\"json\":%s}]}";
    List<byte[]> bombs =
        List.of(
            with("POST", path, batch.formatted("[".repeat(1_000_000)), type),
            with("POST", path, batch.formatted("{\"a\":".repeat(200_000)), type),
            with("POST", path, batch.formatted("1e" + "9".repeat(1_000_000)), type),
            with("POST", path, "{\"records\":[" + "{},".repeat(300_000) + "{}]}", type),
            with("POST", path, batch.formatted("\"" + "\\u0000".repeat(150_000)), type));
    return (connection, piece, total) -> bombs.get((int) (total % bombs.size()));
  }

  /** Methods, paths and headers of which no two are alike, for whoever keeps them. */
  private static Script strangeNames() {
    return (connection, piece, total) ->
        bytes(
            "M%d /v1/%d HTTP/1.1\r\nHost: h%d\r\nX-%d: y\r\n\r\n"
                .formatted(total, total, total, total));
  }

  private static Script nonsense() {
    return (connection, piece, total) ->
        piece > 0 ? null : NONSENSE.get((int) (total % NONSENSE.size()));
  }
}

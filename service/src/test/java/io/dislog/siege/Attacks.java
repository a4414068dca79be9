package io.dislog.siege;

import static io.dislog.siege.Requests.bytes;
import static io.dislog.siege.Requests.get;
import static io.dislog.siege.Requests.head;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** All attacks that there are, each against the logs that the siege has made for it. */
final class Attacks {

  /** Whom nobody but the attackers uses. */
  static final String TARGET = "target";

  /** One with much to read. */
  static final String LARGE = "large";

  /** One with a record that is as large as a body may be. */
  static final String HUGE = "huge";

  private static final String APPEND = head("POST", "/v1/logs/" + TARGET + "/records");
  private static final String LARGEST_BODY = "Content-Length: 33554432\r\n\r\n";
  private static final byte[] ONE = bytes("x");
  private static final int FOR_EVER = Integer.MAX_VALUE;
  private static final int SECOND = 1000;

  private Attacks() {}

  static Attack named(String name) {
    return all().stream()
        .filter(attack -> attack.name().equals(name))
        .findAny()
        .orElseThrow(() -> new IllegalArgumentException("there is no attack " + name));
  }

  static List<Attack> all() {
    List<Attack> all = new ArrayList<>();
    all.addAll(bodies());
    all.addAll(pipelines());
    all.addAll(connections());
    all.addAll(ReadAttacks.all());
    all.addAll(aborts());
    all.addAll(HttpAttacks.all());
    all.addAll(StateAttacks.all());
    all.addAll(ReadAttacks.ofWhatHasGrown());
    return all;
  }

  private static List<Attack> bodies() {
    byte[] announced = bytes(APPEND + LARGEST_BODY);
    return List.of(
        Attack.of("bodies-never-sent", 8, 3, Conduct.of(200, 200, Script.repeat(announced, 1))),
        Attack.of(
            "bodies-that-drip",
            12,
            3,
            Conduct.of(200, 200, Script.first(announced, ONE, FOR_EVER)).pausing(SECOND)),
        Attack.of(
            "slow-bodies",
            8,
            0,
            Conduct.of(
                    500,
                    500,
                    Script.first(bytes(APPEND + "Content-Length: 1000000\r\n\r\n"), ONE, FOR_EVER))
                .pausing(SECOND)));
  }

  private static List<Attack> pipelines() {
    byte[] request = get("/v1/logs/" + TARGET);
    byte[] large = get("/v1/logs/" + TARGET, "X-Filling: " + "x".repeat(4000));
    byte[] tenOfThem = bytes(new String(request, StandardCharsets.US_ASCII).repeat(10));
    return List.of(
        Attack.of(
            "pipelined-gets",
            10,
            3,
            Conduct.of(20, 100, Script.repeat(tenOfThem, 2000)).reading(Conduct.READS_NOTHING)),
        Attack.of(
            "pipelined-large-headers",
            12,
            4,
            Conduct.of(8, 100, Script.repeat(large, 20_000)).reading(Conduct.READS_NOTHING)),
        Attack.of(
            "pipelined-and-read", 6, 0, Conduct.of(4, 100, Script.repeat(tenOfThem, FOR_EVER))));
  }

  private static List<Attack> connections() {
    byte[] begun = bytes("GET /v1/logs HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
    return List.of(
        Attack.of("idle-connections", 8, 3, Conduct.of(5000, 1500, Script.silence())),
        Attack.of(
            "idle-after-a-request",
            8,
            0,
            Conduct.of(5000, 1500, Script.repeat(get("/v1/logs/" + TARGET), 1))),
        Attack.of(
            "slow-headers",
            8,
            0,
            Conduct.of(500, 500, Script.first(begun, ONE, FOR_EVER)).pausing(SECOND)),
        Attack.of(
            "connection-churn",
            8,
            0,
            Conduct.of(500, 2000, Script.repeat(get("/v1/logs/" + TARGET), 1)).aborting()),
        Attack.of(
            "empty-connection-churn", 6, 0, Conduct.of(500, 2000, Script.silence()).aborting()),
        Attack.of(
            "tls-handshakes",
            6,
            0,
            Conduct.of(200, 400, Script.repeat(bytes("\u0016\u0003\u0001\u0002\0\u0001"), 1))));
  }

  private static List<Attack> aborts() {
    byte[] upload = bytes(APPEND + "Content-Length: 1000000\r\n\r\n" + "x".repeat(500_000));
    byte[] download =
        get("/v1/logs/" + LARGE + "/records?limit=10000&maxBytes=16Mi&offset=earliest");
    byte[] events =
        get("/v1/logs/" + LARGE + "/records", "Accept: text/event-stream", "Last-Event-ID: 10");
    return List.of(
        Attack.of(
            "aborted-uploads", 10, 0, Conduct.of(50, 100, Script.repeat(upload, 1)).aborting()),
        Attack.of(
            "aborted-downloads",
            10,
            3,
            Conduct.of(50, 100, Script.repeat(download, 1)).abortingAfter(100_000)),
        Attack.of(
            "event-stream-reconnects",
            10,
            0,
            Conduct.of(100, 1000, Script.repeat(events, 1)).abortingAfter(1)));
  }
}

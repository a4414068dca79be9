package io.dislog.siege;

import static io.dislog.siege.Requests.get;

import java.util.List;

/** Those who read, but slowly, or wait for what does not come. */
final class ReadAttacks {

  private static final String ALL = "/records?limit=10000&maxBytes=16Mi&offset=earliest";
  private static final String JSON = "application/json";
  private static final String LINES = "application/x-ndjson";
  private static final String FRAMES = "application/vnd.dislog.batch";
  private static final String EVENTS = "text/event-stream";
  private static final int SLOW = 2000;
  private static final int FOR_EVER = Integer.MAX_VALUE;
  private static final int SECOND = 1000;

  private ReadAttacks() {}

  static List<Attack> all() {
    String target = "/v1/logs/" + Attacks.TARGET + "/records?offset=latest";
    return List.of(
        slowly("slow-readers-json", 3, of(Attacks.LARGE, JSON)),
        slowly("slow-readers-ndjson", 0, of(Attacks.LARGE, LINES)),
        slowly("slow-readers-frames", 0, of(Attacks.LARGE, FRAMES)),
        slowly("slow-readers-events", 0, of(Attacks.LARGE, EVENTS)),
        slowly(
            "slow-readers-of-huge-records",
            0,
            get("/v1/logs/" + Attacks.HUGE + "/records/0"),
            of(Attacks.HUGE, JSON),
            of(Attacks.HUGE, LINES),
            of(Attacks.HUGE, FRAMES),
            of(Attacks.HUGE, EVENTS)),
        Attack.of(
            "long-polls",
            12,
            0,
            Conduct.of(5000, 1500, Script.repeat(get(target + "&wait=60s"), FOR_EVER))
                .inTurns()
                .pausing(SECOND)),
        Attack.of("event-streams", 10, 0, streams(2000, Attacks.TARGET)),
        Attack.of("event-streams-of-a-busy-log", 8, 0, streams(500, SteadyClient.LOG)));
  }

  /** Answers that are long because of what other attacks have left. */
  static List<Attack> ofWhatHasGrown() {
    byte[][] requests = {
      get("/v1/logs/" + Attacks.TARGET + "/consumers"),
      get("/v1/logs/" + StateAttacks.TINY + "/segments"),
      get("/v1/logs/" + StateAttacks.TINY + "/retention/plan"),
      get("/v1/logs?limit=1000")
    };
    return List.of(
        slowly("slow-readers-of-listings", 0, requests),
        Attack.of(
            "readers-of-listings",
            6,
            0,
            Conduct.of(8, 100, inTurn(FOR_EVER, requests)).inTurns().pausing(1)));
  }

  private static byte[] of(String log, String format) {
    return get("/v1/logs/" + log + ALL, "Accept: " + format);
  }

  private static Attack slowly(String name, int briefSeconds, byte[]... requests) {
    return Attack.of(
        name, 8, briefSeconds, Conduct.of(200, 200, inTurn(1, requests)).reading(SLOW));
  }

  /** One connection has the first, the next one the second, and so on. */
  private static Script inTurn(int times, byte[]... requests) {
    return (connection, piece, total) ->
        piece < times ? requests[connection % requests.length] : null;
  }

  private static Conduct streams(int count, String log) {
    byte[] request = get("/v1/logs/" + log + "/records?offset=latest", "Accept: " + EVENTS);
    return Conduct.of(count, 1000, Script.repeat(request, 1));
  }
}

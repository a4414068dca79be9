package io.dislog.siege;

import static io.dislog.siege.Requests.putJson;
import static io.dislog.siege.Requests.with;

import java.util.List;

/** What has the service remember more and more. */
final class StateAttacks {

  /** A log whose segments are as small as they may be. */
  static final String TINY = "tiny";

  private static final int CLIENTS = 16;

  private StateAttacks() {}

  static List<Attack> all() {
    return List.of(
        Attack.of("producers", 18, 4, Conduct.of(CLIENTS, 100, producers(170_000)).inTurns()),
        Attack.of(
            "producers-of-many-logs", 20, 0, Conduct.of(CLIENTS, 100, crowds(300_000)).inTurns()),
        Attack.of("consumers", 8, 0, Conduct.of(CLIENTS, 100, consumers(30_000)).inTurns()),
        Attack.of("small-segments", 10, 3, Conduct.of(2, 100, segments(200)).inTurns()),
        Attack.of("tiny-records", 8, 0, Conduct.of(4, 100, tinyRecords(12)).inTurns()),
        Attack.of("log-churn", 6, 0, Conduct.of(8, 100, churn()).inTurns()),
        Attack.of("logs", 15, 0, Conduct.of(CLIENTS, 100, logs(10_000)).inTurns()));
  }

  private static Script producers(int count) {
    return (connection, piece, total) ->
        total >= count ? null : appendOfAnother("/v1/logs/" + Attacks.TARGET, total);
  }

  /** Log after log, and for each as many producers as it remembers. */
  private static Script crowds(int count) {
    int perLog = 10_001;
    return (connection, piece, total) -> {
      String log = "/v1/logs/peopled-%d-%d".formatted(connection, piece / perLog);
      return total >= count
          ? null
          : piece % perLog == 0
              ? putJson(log, "{\"durability\":\"buffered\"}")
              : appendOfAnother(log, total);
    };
  }

  /** The first append of a producer that has not been there before. */
  private static byte[] appendOfAnother(String log, long producer) {
    return with(
        "POST",
        log + "/records",
        "x",
        "Prefer: return=minimal",
        "Producer-Epoch: 0",
        "Producer-Seq: 0",
        "Producer-Id: " + padded(producer, 256));
  }

  private static Script consumers(int count) {
    return (connection, piece, total) ->
        total >= count
            ? null
            : putJson(
                "/v1/logs/" + Attacks.TARGET + "/consumers/" + padded(total, 128),
                "{\"offset\":\"earliest\"}");
  }

  /** Each request fills fifty segments. */
  private static Script segments(int count) {
    String lines = ("x".repeat(4050) + "\n").repeat(50);
    byte[] request =
        with("POST", "/v1/logs/" + TINY + "/records", lines, "Content-Type: application/x-ndjson");
    return (connection, piece, total) -> total >= count ? null : request;
  }

  /** Each log is made, and gets a record. */
  private static Script logs(int count) {
    return (connection, piece, total) -> {
      String log = "/v1/logs/crowd-%d-%d".formatted(connection, piece / 2);
      return total >= 2L * count
          ? null
          : piece % 2 == 0 ? putJson(log, "{}") : with("POST", log + "/records", "x");
    };
  }

  /** Millions of records of a byte each. */
  private static Script tinyRecords(int count) {
    byte[] request =
        with(
            "POST",
            "/v1/logs/" + Attacks.TARGET + "/records",
            "x\n".repeat(1 << 21),
            "Content-Type: application/x-ndjson");
    return (connection, piece, total) -> total >= count ? null : request;
  }

  /** Logs that are made and deleted. */
  private static Script churn() {
    return (connection, piece, total) ->
        with(piece % 2 == 0 ? "PUT" : "DELETE", "/v1/logs/churned-" + connection, "");
  }

  private static String padded(long number, int length) {
    String text = Long.toString(number);
    return "p".repeat(length - text.length()) + text;
  }
}

package io.dislog.siege;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Attacks a service in one way after the other while a client that behaves well uses it, and judges
 * what that client had of it. For one thread.
 */
public final class Siege {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PAGE = 1000;

  private final Besieged service;
  private final PrintStream out;
  private final List<String> wrong = new ArrayList<>();

  public Siege(Besieged service, PrintStream out) {
    this.service = service;
    this.out = out;
  }

  /**
   * Goes through attacks.
   *
   * @param plan which, how long, and what must hold
   * @return what did not hold, in words
   */
  public List<String> run(Plan plan) throws Exception {
    prepare();
    out.print(Row.title());
    Map<Long, String> acknowledged;
    try (Strikes strikes = new Strikes(service, plan)) {
      for (Attack attack : plan.attacks()) {
        Row row = strike(strikes, attack);
        for (int tries = 1; tries < plan.tries() && plan.aims().mayBeLateForAPause(row); tries++) {
          out.println("  once more, for the machine may have been paused: " + missed(plan, row));
          row = strike(strikes, attack);
        }
        for (String missed : missed(plan, row)) {
          wrong.add(attack.name() + ": " + missed);
          out.println("  WRONG: " + missed);
        }
      }
      acknowledged = strikes.acknowledgements();
    }
    judge(new TreeMap<>(acknowledged));
    return wrong;
  }

  private Row strike(Strikes strikes, Attack attack) throws Exception {
    Row row = strikes.strike(attack);
    out.println(row);
    return row;
  }

  private static List<String> missed(Plan plan, Row row) {
    return plan.aims().missed(row);
  }

  /** Makes the logs, and something to read. */
  private void prepare() throws IOException {
    try (Connection connection = new Connection(service.port(), PATIENCE)) {
      for (String log : List.of(SteadyClient.LOG, Attacks.TARGET, Attacks.LARGE)) {
        connection.call(Requests.putJson("/v1/logs/" + log, "{}")).is(201);
      }
      String tiny = "{\"segment\":{\"maxBytes\":\"4Ki\"}}";
      connection.call(Requests.putJson("/v1/logs/" + StateAttacks.TINY, tiny)).is(201);
      String huge = "{\"maxRecordBytes\":\"32Mi\"}";
      connection.call(Requests.putJson("/v1/logs/" + Attacks.HUGE, huge)).is(201);
      String records = "/v1/logs/" + Attacks.HUGE + "/records";
      connection.call(Requests.with("POST", records, "x".repeat(32 << 20))).is(201);
      String lines = ("x".repeat(16 << 10) + "\n").repeat(256);
      for (int i = 0; i < 5; i++) {
        connection
            .call(
                Requests.with(
                    "POST",
                    "/v1/logs/" + Attacks.LARGE + "/records",
                    lines,
                    "Content-Type: application/x-ndjson"))
            .is(201);
      }
    }
  }

  private void judge(Map<Long, String> acknowledged) throws IOException {
    int lost = 0;
    try (Connection connection = new Connection(service.port(), PATIENCE)) {
      long offset = 0;
      boolean more = true;
      while (more) {
        String path =
            "/v1/logs/%s/records?offset=%d&limit=%d".formatted(SteadyClient.LOG, offset, PAGE);
        JsonNode page =
            new ObjectMapper().readTree(connection.call(Requests.get(path)).is(200).body());
        for (JsonNode record : page.get("records")) {
          long at = record.get("offset").asLong();
          String expected = acknowledged.remove(at);
          lost += expected == null || expected.equals(record.get("value").asText()) ? 0 : 1;
        }
        offset = page.get("nextOffset").asLong();
        more = !page.get("upToDate").asBoolean();
      }
    }
    lost += acknowledged.size();
    if (lost > 0) {
      wrong.add(lost + " records that were acknowledged are not there");
    }
    out.println(
        wrong.isEmpty()
            ? "verdict: the client was served, nothing is lost"
            : "verdict: WRONG\n  " + String.join("\n  ", wrong));
  }
}

package io.dislog.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.history.Entry;
import io.dislog.history.FinalLog;
import io.dislog.kit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads every log through every node, when nothing is under way any more. */
final class FinalReading {

  private static final Duration CATCH_UP = Duration.ofMinutes(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration SETTLE = Duration.ofMinutes(5);

  private final Cluster cluster;

  FinalReading(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * What the nodes show: each what the cluster has, and each what it has itself, once it has caught
   * up. Read anew where a log changes meanwhile: what a client gave up may still come, from a node
   * that stood still.
   */
  List<FinalLog> of(List<String> logs) throws Exception {
    List<FinalLog> all = new ArrayList<>();
    Await.until(
        "nothing changes while all is read",
        SETTLE,
        () -> {
          List<String> before = extents(logs);
          all.clear();
          all.addAll(read(logs));
          return extents(logs).equals(before);
        });
    return all;
  }

  /** Reads all logs as one node has them itself. */
  void readAll(ClusterNode node) throws Exception {
    JsonNode names = api(node).insist(api -> api.get("/v1/logs?limit=1000")).is(200).json();
    for (JsonNode log : names.path("logs")) {
      var _ = read(node, log.path("name").asText(), "local");
    }
  }

  private List<String> extents(List<String> logs) throws Exception {
    List<String> extents = new ArrayList<>();
    for (String log : logs) {
      JsonNode description = describe(cluster.node(1), log, "leader");
      extents.add(description.path("earliestOffset") + " " + description.path("endOffset"));
    }
    return extents;
  }

  private List<FinalLog> read(List<String> logs) throws Exception {
    List<FinalLog> all = new ArrayList<>();
    for (ClusterNode node : cluster.nodes()) {
      for (String log : logs) {
        FinalLog fresh = read(node, log, "leader");
        all.add(fresh);
        Await.until(
            () -> "%s has %s up to %d itself".formatted(node.id(), log, fresh.end()),
            CATCH_UP,
            () -> end(describe(node, log, "local")) >= fresh.end());
        all.add(read(node, log, "local"));
      }
    }
    return all;
  }

  private static FinalLog read(ClusterNode node, String log, String consistency) throws Exception {
    List<JsonNode> descriptions = new ArrayList<>();
    Await.until(
        () -> "%s describes %s (%s)".formatted(node.id(), log, consistency),
        CATCH_UP,
        () -> {
          JsonNode description = describe(node, log, consistency);
          descriptions.add(description);
          return end(description) >= 0;
        });
    long end = end(descriptions.getLast());
    long earliest = descriptions.getLast().path("earliestOffset").asLong();
    List<Entry> entries = new ArrayList<>();
    for (long next = earliest; next < end; ) {
      String query =
          "?limit=10000&maxBytes=4Mi&offset=%d&consistency=%s".formatted(next, consistency);
      String path = Api.records(log) + query;
      Answer page = api(node).insist(api -> api.get(path, "Accept", Api.FRAMES)).is(200);
      Frames.read(page.body(), record -> entries.add(Browser.entry(record)));
      long after = page.number("Dislog-Next-Offset");
      if (after <= next) {
        throw new AssertionError("%s shows nothing of %s at %d".formatted(node.id(), log, next));
      }
      next = after;
    }
    boolean closed = descriptions.getLast().path("closed").asBoolean();
    return new FinalLog(node.id() + " (" + consistency + ")", log, earliest, end, closed, entries);
  }

  /** Behind the last record; 0 where there is no such log any more, and -1 where it is not said. */
  private static long end(JsonNode description) {
    boolean gone = description.path("type").asText().equals("/problems/unknown-log");
    return description.path("endOffset").asLong(gone ? 0 : -1);
  }

  private static JsonNode describe(ClusterNode node, String log, String consistency)
      throws Exception {
    String path = "/v1/logs/" + log + "?consistency=" + consistency;
    return api(node).insist(api -> api.get(path)).json();
  }

  private static Api api(ClusterNode node) {
    return node.api().within(PATIENCE);
  }
}

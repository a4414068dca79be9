package io.dislog.operator.node;

import static java.net.HttpURLConnection.HTTP_OK;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dislog.api.Addition;
import io.dislog.api.ClusterView;
import io.dislog.api.LogDescription;
import io.dislog.api.LogPage;
import io.dislog.api.NodeReport;
import io.dislog.api.Reclaimed;
import io.dislog.api.RetentionPlan;
import io.dislog.operator.crd.LogStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The API of one node. Every node takes every request but those about itself. What changes
 * something may be asked for again and again; what is already so stays so.
 *
 * <p>Blocks, for {@link #PATIENCE} at most where nothing else is said. Safe for use by many
 * threads.
 */
public final class NodeClient {

  /** How long an answer may take, unless whoever has the {@link Nodes} says otherwise. */
  public static final Duration PATIENCE = Duration.ofSeconds(5);

  /** The most that the service puts on one page. */
  private static final int PAGE = 1000;

  private static final String LOCAL = "consistency=local";
  private static final String OWN = "config=own";

  private final String id;
  private final Conversation node;
  private final Duration patience;

  NodeClient(Conversation node, String id, Duration patience) {
    this.id = id;
    this.node = node;
    this.patience = patience;
  }

  /** The node's id, which is its pod's name. */
  public String id() {
    return id;
  }

  /** How the node itself says that it is. */
  public NodeReport report() throws NodeException {
    NodeReport report = node.get(nodePath(id), NodeReport.class);
    requireOwn(report.id());
    return report;
  }

  /** The cluster as this node knows it. */
  public ClusterView cluster() throws NodeException {
    ClusterView view = node.get("/v1/cluster", ClusterView.class);
    requireOwn(view.node());
    return view;
  }

  /** Another node's word, or nobody's, must not be taken for this one's. */
  private void requireOwn(@Nullable String said) throws NodeException {
    if (!id.equals(said)) {
      throw new NodeException.NoAnswer(id, HTTP_OK, null);
    }
  }

  /**
   * Makes a node a member of all shards, once it has what they hold. That may take longer than
   * anybody waits: the asked node goes on, and asking again finds out.
   *
   * @param address {@code host:raftPort:httpPort}
   * @param empty whether the node has lost what it had, though it may be a member: then it is taken
   *     out first
   * @param patience for the answer
   */
  public ClusterView add(String member, String address, boolean empty, Duration patience)
      throws NodeException {
    Addition body = new Addition(address, empty);
    return node.send("PUT", nodePath(member), body, patience, ClusterView.class);
  }

  /**
   * Takes a node out of all shards; its leadership goes to others first. Once this returns they do
   * without it; where it throws they may not yet, and asking again goes on with it.
   *
   * @param patience for the answer
   */
  public void remove(String member, Duration patience) throws NodeException {
    node.delete(nodePath(member), patience);
  }

  /** Has a node lead a shard. */
  public ClusterView.Shard lead(int shard, String leader) throws NodeException {
    return node.send(
        "PUT",
        "/v1/cluster/shards/%d/leader".formatted(shard),
        object().put("node", leader),
        patience.multipliedBy(2), // The service itself tries for 5 s.
        ClusterView.Shard.class);
  }

  /** Changes how often this node runs retention, until it restarts. */
  NodeReport retainEvery(String interval) throws NodeException {
    ObjectNode body = object();
    body.putObject("retention").put("interval", interval);
    return node.send("PATCH", nodePath(id), body, patience, NodeReport.class);
  }

  /** What a log has where it says nothing of its own. */
  JsonNode defaults() throws NodeException {
    return node.get("/v1/defaults", JsonNode.class);
  }

  /** What was patched into the defaults. */
  JsonNode patchedDefaults() throws NodeException {
    return requireObject(node.get("/v1/defaults?" + OWN, JsonNode.class));
  }

  void patchDefaults(JsonNode patch) throws NodeException {
    change("PATCH", "/v1/defaults", patch);
  }

  /** What a log says itself, or nothing where there is no such log. */
  Optional<LogDescription> ownOf(String log) throws NodeException {
    try {
      LogDescription there = node.get(logPath(log) + "?" + OWN, LogDescription.class);
      if (!log.equals(there.name()) || !(there.config() instanceof ObjectNode)) {
        throw new NodeException.NoAnswer(id, HTTP_OK, null);
      }
      return Optional.of(there);
    } catch (NodeException.Refused e) {
      if (e.problem().type().equals("/problems/unknown-log")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  void createLog(String log, JsonNode config) throws NodeException {
    change("PUT", logPath(log), config);
  }

  void patchLog(String log, JsonNode patch) throws NodeException {
    change("PATCH", logPath(log), patch);
  }

  /** A change is done only once a node says so, which tells what it made of it. */
  private void change(String method, String target, JsonNode body) throws NodeException {
    requireObject(node.send(method, target, body, patience, JsonNode.class));
  }

  private JsonNode requireObject(JsonNode said) throws NodeException {
    if (!(said instanceof ObjectNode)) {
      throw new NodeException.NoAnswer(id, HTTP_OK, null);
    }
    return said;
  }

  /** All logs in the order of their names, as this node knows them. */
  public List<LogStatus> logs() throws NodeException {
    List<LogStatus> logs = new ArrayList<>();
    eachLog(log -> logs.add(status(log)));
    return logs;
  }

  /** As a resource's status has it. */
  private static LogStatus status(LogDescription log) {
    return new LogStatus(
        log.name(), log.earliestOffset(), log.endOffset(), log.bytes(), log.segments());
  }

  /** Hands on all logs in the order of their names, as this node knows them, page by page. */
  void eachLog(Consumer<LogDescription> taker) throws NodeException {
    @Nullable String after = null;
    do {
      LogPage page = logs(after);
      page.logs().forEach(taker);
      // Whoever answers with the same page again and again must not be asked for ever.
      after = isBeyond(page.next(), after) ? page.next() : null;
    } while (after != null);
  }

  private static boolean isBeyond(@Nullable String next, @Nullable String after) {
    return next != null && (after == null || next.compareTo(after) > 0);
  }

  /**
   * A full page of logs, as this node knows them.
   *
   * @param after the last name of the page before, or null for the first page
   */
  LogPage logs(@Nullable String after) throws NodeException {
    String from = after == null ? "" : "&after=" + after;
    return node.get("/v1/logs?%s&limit=%d%s".formatted(LOCAL, PAGE, from), LogPage.class);
  }

  RetentionPlan plan(String log) throws NodeException {
    return node.get(logPath(log) + "/retention/plan", RetentionPlan.class);
  }

  Reclaimed runRetention(String log) throws NodeException {
    return node.send("POST", logPath(log) + "/retention/run", null, patience, Reclaimed.class);
  }

  private static String nodePath(String member) {
    return "/v1/cluster/nodes/" + member;
  }

  private static String logPath(String log) {
    return "/v1/logs/" + log;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  public String toString() {
    return node.toString();
  }
}

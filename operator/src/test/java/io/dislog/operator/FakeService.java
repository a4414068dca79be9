package io.dislog.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.node.Addresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one cluster without processes: they answer what the operator asks, as the service
 * does, or fail to as a test wants. Safe for use by many threads.
 */
public final class FakeService implements Addresses, AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String NODE = "/v1/cluster/nodes/";
  private static final String LOG = "/v1/logs/";

  private final FakeMembers members = new FakeMembers();
  private final Map<Integer, HttpServer> servers = new ConcurrentHashMap<>();
  private final Map<Integer, Fate> fates = new ConcurrentHashMap<>();
  private final Map<Integer, AtomicInteger> looks = new ConcurrentHashMap<>();
  private final Set<Integer> deaf = ConcurrentHashMap.newKeySet();
  private final ObjectNode defaults = JSON.createObjectNode();
  private volatile String storage = "null";
  private final FakeLogs logs = new FakeLogs();

  public FakeMembers members() {
    return members;
  }

  /** What was patched into the defaults. */
  public String defaults() {
    synchronized (defaults) {
      return defaults.toString();
    }
  }

  /** Has nothing be patched any more, as when somebody took it back by hand. */
  void forgetDefaults() {
    synchronized (defaults) {
      defaults.removeAll();
    }
  }

  /** What all nodes say of their volumes from now on. */
  public void storage(String json) {
    storage = json;
  }

  public FakeLogs logs() {
    return logs;
  }

  /** How often a node was asked for the cluster: once each time that somebody looks. */
  int looks(int node) {
    AtomicInteger count = looks.get(node);
    return count == null ? 0 : count.get();
  }

  /** Has some requests to a node fail, by their methods and targets. */
  public void befalls(int node, NodeFault fault, Predicate<String> requests) {
    fates.put(node, new Fate(fault, requests));
  }

  /** Whether a node's API does not listen, all else being well with it. */
  void isDeaf(int node, boolean isDeaf) {
    if (isDeaf) {
      deaf.add(node);
    } else {
      deaf.remove(node);
    }
  }

  /** All is well again. */
  public void heal() {
    fates.clear();
  }

  @Override
  public URI of(DislogCluster cluster, int ordinal) {
    Fate fate = fates.get(ordinal);
    boolean refuses = deaf.contains(ordinal) || (fate != null && fate.fault == NodeFault.REFUSAL);
    int port = refuses ? 1 : server(ordinal).getAddress().getPort();
    return URI.create("http://127.0.0.1:" + port);
  }

  private HttpServer server(int node) {
    return servers.computeIfAbsent(
        node,
        number -> {
          try {
            HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", exchange -> serve(number, exchange));
            server.start();
            return server;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private void serve(int node, HttpExchange exchange) throws IOException {
    String request = "%s %s".formatted(exchange.getRequestMethod(), exchange.getRequestURI());
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (!members.isRunning(node)) {
      exchange.close();
      return;
    }
    Fate fate = fates.get(node);
    if (fate == null || !fate.requests.test(request)) {
      send(exchange, answer(node, request, body));
      return;
    }
    switch (fate.fault) {
      case ERROR -> send(exchange, new Answer(500, "{}"));
      case BUSY -> {
        exchange.getResponseHeaders().set("Retry-After", "1");
        send(exchange, refusal("try again later"));
      }
      case NONSENSE -> send(exchange, new Answer(200, "<html>"));
      case HALF -> {
        byte[] whole = answer(node, request, body).body.getBytes(UTF_8);
        exchange.sendResponseHeaders(200, whole.length + 10L);
        exchange.getResponseBody().write(whole, 0, whole.length / 2);
        exchange.close();
      }
      case SILENCE, REFUSAL -> {} // Whoever asks gives up.
    }
  }

  private Answer answer(int node, String request, byte[] body) throws IOException {
    String[] words = request.split("[ ?]", -1);
    String target = words[0] + " " + words[1];
    return switch (target) {
      case "GET /v1/cluster" -> {
        looks.computeIfAbsent(node, number -> new AtomicInteger()).incrementAndGet();
        yield new Answer(200, view(node));
      }
      case "GET /v1/defaults" -> new Answer(200, defaults());
      case "PATCH /v1/defaults" -> new Answer(200, patch(JSON.readTree(body)));
      case "GET /v1/logs" -> new Answer(200, logs.page(request));
      default -> node(node, words[0], words[1], body);
    };
  }

  private String view(int node) throws IOException {
    return JSON.writeValueAsString(members.view(node));
  }

  private Answer node(int node, String method, String path, byte[] body) throws IOException {
    if (!path.startsWith(NODE)) {
      return path.startsWith(LOG)
          ? logs.answer(method, path.substring(LOG.length()), body)
          : new Answer(404, "{}");
    }
    int other = Integer.parseInt(path.substring(path.lastIndexOf('-') + 1));
    return switch (method) {
      case "PUT" -> changed(members.add(other), new Answer(200, view(node)));
      case "DELETE" -> changed(members.remove(other), new Answer(204, ""));
      default ->
          new Answer(
              200,
              """
              {"id":"%s","address":"a:1","ready":%s,"formed":%s,"why":"","version":"0.1.0",
               "storage":%s,
               "retention":{"interval":"30s","deletedSegments":0,"reclaimedBytes":0}}
              """
                  .formatted(
                      FakeController.podName(node),
                      members.isReady(node),
                      members.isFormed(node),
                      storage));
    };
  }

  private static Answer changed(@Nullable String why, Answer done) {
    return why == null ? done : refusal(why);
  }

  private static Answer refusal(String why) {
    return new Answer(503, "{\"detail\":\"%s\",\"retryable\":true}".formatted(why));
  }

  private String patch(JsonNode patch) {
    synchronized (defaults) {
      patch
          .properties()
          .forEach(section ->
              section
                  .getValue()
                  .properties()
                  .forEach(setting ->
                      defaults
                          .withObject("/" + section.getKey())
                          .set(setting.getKey(), setting.getValue())));
      return defaults.toString();
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    try (exchange) {
      byte[] bytes = answer.body.getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    servers.values().forEach(server -> server.stop(0));
  }

  /** What is said to whoever asks. */
  record Answer(int status, String body) {}

  private record Fate(NodeFault fault, Predicate<String> requests) {}
}

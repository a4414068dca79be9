package io.dislog.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client of the API server of which some writes fail: each namespace has its own fate. Safe for
 * use by many threads.
 */
final class Adversity implements Interceptor, AutoCloseable {

  private static final Pattern NAMESPACE = Pattern.compile("/namespaces/([^/]+)/");

  /** What becomes of a write that fails. */
  enum Fault {
    ERROR(500),
    CONFLICT(409),
    BUSY(429),
    /** The request is taken, and never answered. */
    SILENCE(0);

    private final int status;

    Fault(int status) {
      this.status = status;
    }
  }

  /** Whether a write fails, by its number from 1 on, and how. */
  interface Fate {
    Optional<Fault> of(int write);
  }

  private final ConcurrentMap<String, Fate> fates = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> writes = new ConcurrentHashMap<>();
  private final HttpServer dead;
  private final KubernetesClient client;

  Adversity(KubernetesClient client) throws IOException {
    dead = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    dead.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    dead.createContext("/", this::answer);
    dead.start();
    Config config =
        new ConfigBuilder(client.getConfiguration())
            .withRequestTimeout(4_000)
            .withRequestRetryBackoffLimit(3)
            .build();
    this.client = ApiServer.intercepted(config, this);
  }

  KubernetesClient client() {
    return client;
  }

  void befalls(String namespace, Fate fate) {
    fates.put(namespace, fate);
  }

  /** How many writes were tried in a namespace. */
  int writes(String namespace) {
    AtomicInteger count = writes.get(namespace);
    return count == null ? 0 : count.get();
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    Matcher namespace = NAMESPACE.matcher(request.uri().getPath());
    if (request.method().equals("GET") || !namespace.find()) {
      return;
    }
    String where = namespace.group(1);
    int number = writes.computeIfAbsent(where, name -> new AtomicInteger()).incrementAndGet();
    Fate fate = fates.get(where);
    if (fate != null) {
      fate.of(number)
          .ifPresent(fault ->
              builder.uri(
                  URI.create(
                      "http://127.0.0.1:%d/%d"
                          .formatted(dead.getAddress().getPort(), fault.status))));
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    int status = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
    if (status == 0) {
      return; // Whoever asks gives up.
    }
    try (exchange) {
      byte[] body =
          "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":%d,\"message\":\"as the test wants\"}"
              .formatted(status)
              .getBytes(StandardCharsets.UTF_8);
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    client.close();
    dead.stop(0);
  }
}

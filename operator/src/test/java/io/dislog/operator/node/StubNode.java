package io.dislog.operator.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dislog.operator.crd.DislogCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Something on loopback that answers every request alike, and remembers what it was asked. */
final class StubNode implements Addresses, AutoCloseable {

  private final HttpServer server;
  private final int status;
  private final String body;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  StubNode(int status, String body) throws IOException {
    this.status = status;
    this.body = body;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /** What it was asked: method, target and body, each time. */
  List<String> asked() {
    return asked;
  }

  @Override
  public URI of(DislogCluster cluster, int ordinal) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String said = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      asked.add("%s %s %s".formatted(exchange.getRequestMethod(), exchange.getRequestURI(), said));
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}

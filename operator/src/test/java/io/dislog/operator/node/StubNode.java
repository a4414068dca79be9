package io.dislog.operator.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dislog.operator.crd.DislogCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Something on loopback that answers as it was told, and remembers what it was asked. */
final class StubNode implements Addresses, AutoCloseable {

  private final HttpServer server;
  private final Function<String, Answer> answers;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** One that answers every request alike. */
  StubNode(int status, String body) throws IOException {
    this(request -> new Answer(status, body));
  }

  /**
   * @param answers by method and target
   */
  StubNode(Function<String, Answer> answers) throws IOException {
    this.answers = answers;
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
      String line = "%s %s".formatted(exchange.getRequestMethod(), exchange.getRequestURI());
      asked.add(line + " " + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      Answer answer = answers.apply(line);
      byte[] bytes = answer.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /** What it says. */
  record Answer(int status, String body) {}
}

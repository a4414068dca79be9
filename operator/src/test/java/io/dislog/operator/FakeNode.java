package io.dislog.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dislog.kit.Await;
import io.dislog.kit.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a pod would be: the packaged service as a process on ports of its own, with a volume that
 * outlives it. The operator reaches it by a front that puts loopback's ports where Kubernetes has
 * names. Safe for use by two threads: who plays Kubernetes, and the operator.
 */
final class FakeNode implements AutoCloseable {

  static final Path APP = Path.of("..", "service", "target", "quarkus-app").toAbsolutePath();

  private static final Path JVM_OPTIONS = Path.of("..", "service", "jvm.options").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration INSISTENCE = Duration.ofMinutes(5);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final String id;
  private final Path folder;
  private final int raftPort;
  private final int httpPort;
  private final int managementPort;
  private final HttpServer front;
  private volatile @Nullable Process process;
  private volatile UnaryOperator<String> names = text -> text;

  /**
   * @param folder for its volume and for what it prints
   */
  FakeNode(String id, Path folder) throws IOException {
    this.id = id;
    this.folder = Files.createDirectories(folder);
    this.raftPort = FreePort.next();
    this.httpPort = FreePort.next();
    this.managementPort = FreePort.next();
    front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    front.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    front.createContext("/", this::pass);
    front.start();
  }

  /** Where it is, as the nodes have it. */
  String address() {
    return "127.0.0.1:%d:%d".formatted(raftPort, httpPort);
  }

  /** Where the operator finds it. */
  URI uri() {
    return URI.create("http://127.0.0.1:" + front.getAddress().getPort());
  }

  /** Where its API is, without a detour. */
  URI api() {
    return URI.create("http://127.0.0.1:" + httpPort);
  }

  /** What it answers to a client. */
  HttpResponse<String> ask(String method, String target, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(api().resolve(target))
            .timeout(ANSWER)
            .method(method, BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  /** Asks until it is answered so: a shard may be without a leader for a moment at any time. */
  String insist(String method, String target, String body, Integer... statuses)
      throws InterruptedException {
    AtomicReference<String> last = new AtomicReference<>("");
    AtomicReference<String> said = new AtomicReference<>("");
    Await.<InterruptedException>until(
        () -> "%s %s is answered with %s: %s".formatted(method, target, List.of(statuses), last),
        INSISTENCE,
        () -> {
          try {
            HttpResponse<String> answer = ask(method, target, body);
            last.set(answer.statusCode() + " " + answer.body());
            said.set(answer.body());
            return List.of(statuses).contains(answer.statusCode());
          } catch (IOException e) {
            last.set(e.toString());
            return false;
          }
        });
    return requireNonNull(said.get());
  }

  /**
   * Starts a process on its volume.
   *
   * @param properties as the pod finds them
   * @param names puts addresses of loopback where names of Kubernetes stand
   */
  void start(String properties, UnaryOperator<String> names) throws IOException {
    this.names = names;
    Path file =
        Files.writeString(
            folder.resolve("application.properties"), names.apply(withoutTokens(properties)));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + JVM_OPTIONS,
            "-XX:AOTCache=" + APP.resolve("dislog-raft.aot"),
            "-Xmx192m",
            "-Ddislog.data-dir=" + folder.resolve("data"),
            "-Ddislog.raft.port=" + raftPort,
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.http.port=" + httpPort,
            "-Dquarkus.management.host=127.0.0.1",
            "-Dquarkus.management.port=" + managementPort,
            "-jar",
            APP.resolve("quarkus-run.jar").toString());
    builder.environment().put("DISLOG_RAFT_NODE_ID", id);
    builder.environment().put("QUARKUS_CONFIG_LOCATIONS", file.toString());
    process =
        builder
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("output").toFile()))
            .start();
  }

  /** Without what only a pod has: on one machine, nodes and operator are let in for being there. */
  private static String withoutTokens(String properties) {
    return properties
        .lines()
        .filter(line -> !line.startsWith("dislog.auth.") && !line.startsWith("dislog.nodes."))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  boolean isReady() {
    Process running = process;
    if (running == null || !running.isAlive()) {
      return false;
    }
    try {
      URI health = URI.create("http://127.0.0.1:%d/q/health/ready".formatted(managementPort));
      HttpRequest request = HttpRequest.newBuilder(health).timeout(PATIENCE).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Asks its process to stop, and waits until it has. */
  void stop() {
    Process running = process;
    if (running != null) {
      running.destroy();
      try {
        if (!running.waitFor(20, TimeUnit.SECONDS)) {
          running.destroyForcibly().waitFor();
        }
      } catch (InterruptedException e) {
        running.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
    process = null;
  }

  /** Empties its volume, while it has no process. */
  void wipe() {
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly().onExit().join(); // It must not write where its folder is deleted.
    }
    front.stop(0);
    http.shutdownNow();
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = names.apply(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      HttpRequest request =
          HttpRequest.newBuilder(api().resolve(exchange.getRequestURI().toString()))
              .method(exchange.getRequestMethod(), BodyPublishers.ofString(body))
              .header("Content-Type", "application/json")
              .build();
      HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
      answer
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      byte[] bytes = answer.body();
      exchange.sendResponseHeaders(answer.statusCode(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.dislog.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server under measurement: a process of its own, with the service's JVM options. */
final class Server implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(60);
  private static final Pattern API = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
  private static final Pattern MANAGEMENT =
      Pattern.compile("listening on http://[^:]+:(\\d+)", Pattern.CASE_INSENSITIVE);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final Path output;
  private final long startedAt = System.nanoTime();
  private int port;

  private Server(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts the service as {@code ./dislog run} does, and waits until it is ready.
   *
   * @param work where its output goes and its logs live, in {@code data}
   * @param options for its JVM besides its own
   */
  static Server service(Path project, Path work, List<String> options) throws IOException {
    Server server = starting(project, work, options);
    server.awaitReady();
    return server;
  }

  /** Starts the service, and does not wait for it. */
  static Server starting(Path project, Path work, List<String> options) throws IOException {
    Path app = project.resolve("service/target/quarkus-app");
    List<String> all = new ArrayList<>(options);
    boolean replicates = options.contains("-Ddislog.replication=raft");
    all.add("-XX:AOTCache=" + app.resolve(replicates ? "dislog-raft.aot" : "dislog.aot"));
    all.add("-Ddislog.data-dir=" + work.resolve("data"));
    return start(project, app, work.resolve("service.output"), all);
  }

  /** Starts the empty endpoint's application, with the service's HTTP settings. */
  static Server empty(Path project, Path work, List<String> options) throws IOException {
    List<String> all = new ArrayList<>(options);
    Path settings = project.resolve("service/src/main/resources/application.properties");
    for (String line : Files.readAllLines(settings)) {
      if (line.startsWith("quarkus.http.")) {
        all.add("-D" + line);
      }
    }
    Path app = project.resolve("bench/target/quarkus-app");
    Server server = start(project, app, work.resolve("empty.output"), all);
    server.port = server.awaitPort(API);
    return server;
  }

  private static Server start(Path project, Path app, Path output, List<String> options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("@" + project.resolve("service/jvm.options"));
    command.add("-Dquarkus.http.host=127.0.0.1");
    command.add("-Dquarkus.http.port=0");
    command.add("-Dquarkus.management.host=127.0.0.1");
    command.add("-Dquarkus.management.port=0");
    command.addAll(options); // The last one of a property holds.
    command.add("-jar");
    command.add(app.resolve("quarkus-run.jar").toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new Server(process, output);
  }

  SocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  long pid() {
    return process.pid();
  }

  /** Processor time that the process has used, of all its threads. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Sends a request and waits for its answer, which must be 2xx. */
  String call(String method, String path, String body) throws IOException {
    HttpResponse<String> answer = send(port, method, path, body);
    if (answer.statusCode() / 100 != 2) {
      throw new IOException("%s %s: %s".formatted(method, path, answer.body()));
    }
    return answer.body();
  }

  /** Time since the process was started, in nanoseconds. */
  long ageNanos() {
    return System.nanoTime() - startedAt;
  }

  /** Ends the process as a crash does. */
  void kill() throws IOException {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Ends the process as an operator does. */
  @Override
  public void close() throws IOException {
    process.destroy();
    awaitEnd();
  }

  private void awaitEnd() throws IOException {
    try {
      if (!process.waitFor(STOP)) {
        process.destroyForcibly();
        throw failed("did not end in time");
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Waits until the service is ready. */
  void awaitReady() throws IOException {
    int management = awaitPort(MANAGEMENT);
    port = awaitPort(API);
    while (send(management, "GET", "/q/health/ready", "").statusCode() != 200) {
      pause();
    }
  }

  private int awaitPort(Pattern pattern) throws IOException {
    while (true) {
      Matcher ports = pattern.matcher(Files.readString(output));
      if (ports.find()) {
        return Integer.parseInt(ports.group(1));
      }
      pause();
    }
  }

  private void pause() throws IOException {
    if (!process.isAlive() || ageNanos() > START.toNanos()) {
      process.destroyForcibly();
      throw failed("did not start");
    }
    try {
      TimeUnit.MILLISECONDS.sleep(5);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private HttpResponse<String> send(int to, String method, String path, String body)
      throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to + path))
            .timeout(START)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private IOException failed(String what) throws IOException {
    return new IOException("the server %s:%n%s".formatted(what, Files.readString(output)));
  }

  private static IOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IOException(e);
  }
}

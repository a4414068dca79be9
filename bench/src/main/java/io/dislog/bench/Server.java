package io.dislog.bench;

import io.dislog.kit.Artefact;
import io.dislog.kit.Member;
import io.dislog.kit.NodeProcess;
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

/** A server under measurement: a process of its own. */
final class Server implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration STOP = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newHttpClient();
  private final NodeProcess process;

  /** One that is ready. */
  Server(NodeProcess process) {
    this.process = process;
  }

  /**
   * Starts the service as {@code ./dislog run} does, and waits until it is ready.
   *
   * @param work where its output goes and its logs live, in {@code data}
   * @param options for its JVM besides its own
   */
  static Server service(Path project, Path work, List<String> options) throws IOException {
    Member member = Member.onFreePorts("service");
    List<String> all = new ArrayList<>(member.alone());
    all.add("-Ddislog.data-dir=" + work.resolve("data"));
    all.addAll(options); // The last one of a property holds.
    NodeProcess process =
        NodeProcess.start(process(project, all), member, work.resolve("service.output"));
    return started(process, () -> process.awaitReady(START));
  }

  /** What starts the service, with options for its JVM besides its own. */
  static ProcessBuilder process(Path project, List<String> options) throws IOException {
    Artefact service = Artefact.at(project.resolve("service/target/quarkus-app"));
    return new ProcessBuilder(service.commandWithCache(options));
  }

  /** Starts the empty endpoint's application, with the service's HTTP settings. */
  static Server empty(Path project, Path work, List<String> options) throws IOException {
    Member member = Member.onFreePorts("empty");
    List<String> all = new ArrayList<>(member.alone());
    Path settings = project.resolve("service/src/main/resources/application.properties");
    for (String line : Files.readAllLines(settings)) {
      if (line.startsWith("quarkus.http.")) {
        all.add("-D" + line);
      }
    }
    all.addAll(options);
    Artefact application =
        Artefact.jar(
            project.resolve("bench/target/quarkus-app/quarkus-run.jar"),
            List.of("@" + project.resolve("service/jvm.options")));
    NodeProcess process =
        NodeProcess.start(
            new ProcessBuilder(application.command(all)), member, work.resolve("empty.output"));
    return started(process, () -> process.awaitListening(START));
  }

  /** One that was started, once it is there; if it does not come, it is ended. */
  static Server started(NodeProcess process, Waiting waiting) throws IOException {
    try {
      waiting.await();
    } catch (IOException e) {
      process.close();
      throw e;
    }
    return new Server(process);
  }

  SocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), process.member().http());
  }

  /**
   * Where a path is.
   *
   * @param path with its query
   */
  URI uri(String path) {
    return process.member().api().resolve(path);
  }

  long pid() {
    return process.handle().pid();
  }

  /** Processor time that the process has used, of all its threads. */
  Duration processorTime() {
    return process.handle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Sends a request and waits for its answer, which must be 2xx. */
  String call(String method, String path, String body) throws IOException {
    HttpResponse<String> answer = send(method, path, body);
    if (answer.statusCode() / 100 != 2) {
      throw new IOException("%s %s: %s".formatted(method, path, answer.body()));
    }
    return answer.body();
  }

  /** Time since the process was started, in nanoseconds. */
  long ageNanos() {
    return process.age().toNanos();
  }

  /** Ends the process as a crash does. */
  void kill() {
    process.kill();
  }

  /** Ends the process as an operator does. */
  @Override
  public void close() throws IOException {
    if (!process.stop(STOP)) {
      process.kill();
      throw new IOException("the server did not end in time:%n%s".formatted(process.output()));
    }
  }

  private HttpResponse<String> send(String method, String path, String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path))
            .timeout(START)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Waiting for one that was started. */
  interface Waiting {
    void await() throws IOException;
  }
}

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the packaged service once and uses it as clients do, so that the JVM can keep what it
 * loaded, linked and profiled: the AOT cache (JEP 483, 514, 515), with which the service starts in
 * half the time.
 *
 * <p>A build step, run from its source: {@code java Training.java <service's folder>}. Without the
 * cache the service only starts slower, so a training that fails says so and breaks no build.
 */
final class Training {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(120);
  private static final int ROUNDS = 200;
  private static final Pattern PORTS =
      Pattern.compile("Listening on: http://[^:]+:(\\d+)\\..* listening on http://[^:]+:(\\d+)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path module;
  private final Path work;
  private String api = "";
  private String management = "";
  private final List<String> refused = new ArrayList<>();

  private Training(Path module, Path work) {
    this.module = module;
    this.work = work;
  }

  public static void main(String[] arguments) throws IOException {
    Path module = Path.of(arguments[0]).toAbsolutePath();
    Path work = Files.createTempDirectory("dislog-training");
    try {
      new Training(module, work).run();
    } catch (IOException | InterruptedException | IllegalStateException e) {
      System.out.println("No AOT cache, the service will start slower: " + e);
    } finally {
      delete(work);
    }
  }

  private void run() throws IOException, InterruptedException {
    Path app = module.resolve("target/quarkus-app");
    Path trained = app.resolve("dislog.aot.new");
    Path cache = app.resolve("dislog.aot");
    Files.deleteIfExists(cache);
    Process service = start(app, trained);
    try {
      awaitStart(service);
      use();
      service.destroy();
      if (!service.waitFor(STOP) || !Files.exists(trained)) {
        throw new IllegalStateException(output());
      }
      // The JVM writes for seconds; a start that comes meanwhile finds no cache instead of a half.
      Files.move(trained, cache, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      service.destroyForcibly();
    }
  }

  private Process start(Path app, Path cache) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "@" + module.resolve("jvm.options"),
            "-XX:AOTCacheOutput=" + cache,
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.http.port=0",
            "-Dquarkus.management.host=127.0.0.1",
            "-Dquarkus.management.port=0",
            "-Ddislog.data-dir=" + work.resolve("data"),
            "-jar",
            app.resolve("quarkus-run.jar").toString())
        .directory(work.toFile())
        .redirectErrorStream(true)
        .redirectOutput(work.resolve("output").toFile())
        .start();
  }

  private void awaitStart(Process service) throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(START);
    while (service.isAlive() && Instant.now().isBefore(deadline)) {
      Matcher ports = PORTS.matcher(output());
      if (ports.find()) {
        api = "http://127.0.0.1:" + ports.group(1) + "/v1/logs";
        management = "http://127.0.0.1:" + ports.group(2) + "/q";
        return;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new IllegalStateException(output());
  }

  /**
   * Whether answers are right is for the tests to say; a refused request trains nothing, though.
   */
  private void use() throws IOException, InterruptedException {
    send("PUT", api + "/training", "application/json", "{\"segment\":{\"maxBytes\":\"64Ki\"}}");
    for (int round = 0; round < ROUNDS; round++) {
      append();
      read(round);
    }
    send("GET", api, "", "");
    send("GET", api + "/training/segments", "", "");
    send("GET", api + "/training/retention/plan", "", "");
    send("POST", api + "/training/retention/run", "", "");
    send("DELETE", api + "/training/records?before=10", "", "");
    for (String page : new String[] {"/health/ready", "/health/live", "/metrics", "/openapi"}) {
      send("GET", management + page, "", "");
    }
    if (!refused.isEmpty()) {
      System.out.println("Trained with " + refused.size() + " refusals: " + refused.getFirst());
    }
  }

  private void append() throws IOException, InterruptedException {
    String records = api + "/training/records";
    send("POST", records, "application/octet-stream", "one record");
    send("POST", records, "application/x-ndjson", "{\"n\":1}\n{\"n\":2}\n");
    String json = "{\"records\":[{\"value\":\"text\",\"key\":\"k\",\"headers\":{\"a\":\"b\"}}]}";
    send("POST", records, "application/vnd.dislog.batch+json", json);
    send("POST", records, "application/vnd.dislog.batch", "\0\0\0\3\0ab");
  }

  private void read(int offset) throws IOException, InterruptedException {
    String records = api + "/training/records";
    send("GET", records + "/" + offset, "", "");
    for (String format : new String[] {"json", "x-ndjson", "vnd.dislog.batch"}) {
      send("GET", records + "?limit=20&offset=" + offset, "application/" + format, "");
    }
    String position = "{\"offset\":" + offset + "}";
    send("PUT", api + "/training/consumers/reader", "application/json", position);
  }

  /**
   * @param type the body's Content-Type, or where there is no body what is accepted
   */
  private void send(String method, String uri, String type, String body)
      throws IOException, InterruptedException {
    BodyPublisher publisher =
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(uri))
            .timeout(Duration.ofSeconds(10))
            .method(method, publisher);
    if (!type.isEmpty()) {
      request.header(body.isEmpty() ? "Accept" : "Content-Type", type);
    }
    int status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
    if (status >= 300) {
      refused.add(method + " " + uri + " " + type + ": " + status);
    }
  }

  private String output() throws IOException {
    return Files.readString(work.resolve("output"));
  }

  private static void delete(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One process of the packaged service that takes part in the training. For one thread. */
final class Node implements AutoCloseable {
  /** On a machine that is busy with much else, a start takes minutes, and so does a cache. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Pattern PORTS =
      Pattern.compile("Listening on: http://[^:]+:(\\d+)\\..* listening on http://[^:]+:(\\d+)");

  private final Path module;
  private final Path folder;
  private final List<String> options;
  private final Path said;
  private Process process;
  private String api = "";
  private String management = "";

  private Node(Path module, Path folder, List<String> options) throws IOException {
    this.module = module;
    this.folder = folder;
    this.options = options;
    this.said = folder.resolve("output");
    Files.createDirectories(folder);
    this.process = launch();
  }

  /** Starts it, and waits for nothing. */
  static Node start(Path module, Path folder, List<String> options) throws IOException {
    return new Node(module, folder, options);
  }

  String api() {
    return api;
  }

  String management() {
    return management;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void startAgain() throws IOException {
    process = launch();
  }

  /** Waits until it listens, and knows its ports from then on. */
  void awaitListening() throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (process.isAlive() && Instant.now().isBefore(deadline)) {
      Matcher ports = PORTS.matcher(output());
      if (ports.find()) {
        api = "http://127.0.0.1:" + ports.group(1) + "/v1";
        management = "http://127.0.0.1:" + ports.group(2) + "/q";
        return;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new IllegalStateException(output());
  }

  /** Asks it to stop, and waits until it has, which takes seconds where it writes a cache. */
  void stop() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE)) {
      throw new IllegalStateException(output());
    }
  }

  String output() throws IOException {
    return Files.readString(said);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join(); // It writes no more into what is deleted then.
  }

  private Process launch() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("@" + module.resolve("jvm.options"));
    command.add("-Dquarkus.http.host=127.0.0.1");
    command.add("-Dquarkus.management.host=127.0.0.1");
    command.add("-Dquarkus.management.port=0");
    command.add("-Ddislog.data-dir=" + folder.resolve("data"));
    command.addAll(options);
    command.add("-jar");
    command.add(module.resolve("target/quarkus-app/quarkus-run.jar").toString());
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start();
  }
}

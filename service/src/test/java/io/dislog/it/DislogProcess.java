package io.dislog.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The packaged service as a process of its own: started as {@code ./dislog run} starts it, on free
 * ports of the loopback interface, and again and again on the same data. For one thread.
 */
final class DislogProcess {

  private static final Path APP = Path.of("target/quarkus-app").toAbsolutePath();
  private static final Path JVM_OPTIONS = Path.of("jvm.options").toAbsolutePath();
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration END = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern PORTS =
      Pattern.compile(
          "Listening on: http://([\\d.]+):(\\d+)\\..* listening on http://[\\d.]+:(\\d+)");

  private final Path data;
  private final Path folder;
  private final List<String> options = new ArrayList<>();
  private final List<Path> outputs = new ArrayList<>();
  private final List<String> prefix = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private @Nullable Process process;
  private @Nullable Api api;
  private @Nullable Api management;
  private long launchedAt;

  /**
   * @param data where its logs live
   * @param folder for what it prints
   */
  DislogProcess(Path data, Path folder) {
    this.data = data;
    this.folder = folder;
  }

  /** Has a setting changed from its next start on. */
  DislogProcess with(String name, String value) {
    options.add("-D" + name + "=" + value);
    return this;
  }

  /** Has a further argument for its JVM from its next start on. */
  DislogProcess jvm(String option) {
    options.add(option);
    return this;
  }

  /** Runs from its next start on where another command puts it. */
  DislogProcess within(List<String> command) {
    prefix.addAll(command);
    return this;
  }

  DislogProcess environment(Map<String, String> variables) {
    environment.putAll(variables);
    return this;
  }

  Path data() {
    return data;
  }

  /** Starts, and waits until it is ready. */
  DislogProcess start() throws Exception {
    launch();
    awaitReady();
    return this;
  }

  /** Starts, and waits for nothing. */
  void launch() throws IOException {
    assertThat(APP.resolve("quarkus-run.jar")).as("the packaged service").exists();
    Path output = folder.resolve("output-%d.txt".formatted(outputs.size()));
    outputs.add(output);
    api = null;
    management = null;
    launchedAt = System.nanoTime();
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.environment().putAll(environment);
    process =
        builder
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
  }

  /** Waits until it listens, which it may do before it is ready. */
  void awaitListening() throws Exception {
    Await.until(
        () -> "the service listens\n" + output(),
        START,
        () -> {
          Matcher ports = PORTS.matcher(output());
          if (!ports.find()) {
            assertThat(process().isAlive()).as(() -> "runs\n" + output()).isTrue();
            return false;
          }
          api = new Api(ports.group(1), Integer.parseInt(ports.group(2)), PATIENCE);
          management = new Api(ports.group(1), Integer.parseInt(ports.group(3)), PATIENCE);
          return true;
        });
  }

  /**
   * Waits until it says that it is ready.
   *
   * @return the time since it was launched
   */
  Duration awaitReady() throws Exception {
    awaitListening();
    Await.until(
        () -> "the service is ready\n" + output(), START, () -> readiness().status() == 200);
    return Duration.ofNanos(System.nanoTime() - launchedAt);
  }

  /** What it says of its readiness, which is 503 where it does not even listen yet. */
  Answer readiness() throws IOException, InterruptedException {
    try {
      return management().get("/q/health/ready");
    } catch (ConnectException e) {
      assertThat(process().isAlive()).as(() -> "runs\n" + output()).isTrue();
      return new Answer(503, Map.of(), new byte[0]);
    }
  }

  Api api() {
    return Objects.requireNonNull(api, "it was not awaited");
  }

  Api management() {
    return Objects.requireNonNull(management, "it was not awaited");
  }

  long pid() {
    return process().pid();
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Ends it at once, as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process().destroyForcibly().waitFor();
  }

  /** Asks it to stop, as {@code kill} does. */
  void askToStop() {
    process().destroy();
  }

  /** Waits until it has ended, and says its exit code. */
  int awaitEnd() throws InterruptedException {
    assertThat(process().waitFor(END.toMillis(), TimeUnit.MILLISECONDS))
        .as(() -> "ends\n" + output())
        .isTrue();
    return process().exitValue();
  }

  /** Asks it to stop and waits until it has. */
  int stop() throws InterruptedException {
    askToStop();
    return awaitEnd();
  }

  /** Memory that it has in use, as the system counts it. */
  long residentBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    throw new IOException("the system does not say");
  }

  /** How many file descriptors it has. */
  long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + pid() + "/fd"))) {
      return files.count();
    }
  }

  /** What it has printed since its last start. */
  String output() {
    return outputs.isEmpty() ? "" : read(outputs.getLast());
  }

  /** What it has printed since its first start. */
  String allOutput() {
    StringBuilder all = new StringBuilder();
    for (Path output : outputs) {
      all.append("--- ").append(output.getFileName()).append('\n').append(read(output));
    }
    return all.toString();
  }

  /** How much it has printed since its first start. */
  long outputBytes() {
    return outputs.stream().mapToLong(output -> output.toFile().length()).sum();
  }

  /** What it ended with. */
  int exitCode() {
    return process().exitValue();
  }

  private Process process() {
    return Objects.requireNonNull(process, "it was not launched");
  }

  private List<String> command() {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + JVM_OPTIONS);
    boolean replicates = options.contains("-Ddislog.replication=raft");
    command.add("-XX:AOTCache=" + APP.resolve(replicates ? "dislog-raft.aot" : "dislog.aot"));
    command.add("-Dquarkus.http.host=127.0.0.1");
    command.add("-Dquarkus.http.port=0");
    command.add("-Dquarkus.management.host=127.0.0.1");
    command.add("-Dquarkus.management.port=0");
    command.add("-Ddislog.data-dir=" + data);
    command.addAll(options);
    command.add("-jar");
    command.add(APP.resolve("quarkus-run.jar").toString());
    return command;
  }

  private static String read(Path output) {
    try {
      return new String(Files.readAllBytes(output), UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }
}

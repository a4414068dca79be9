package io.dislog.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Artefact;
import io.dislog.kit.Await;
import io.dislog.kit.Member;
import io.dislog.kit.NodeProcess;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The packaged service as a process of its own: started as {@code ./dislog run} starts it, on free
 * ports of the loopback interface, and again and again on the same data. For one thread.
 */
final class DislogProcess {

  private static final Path APP = Path.of("target/quarkus-app").toAbsolutePath();
  private static final Duration START = Duration.ofMinutes(4);
  private static final Duration END = Duration.ofMinutes(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path data;
  private final Path folder;
  private final List<String> options = new ArrayList<>();
  private final List<Path> outputs = new ArrayList<>();
  private final List<String> prefix = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private final Member free = Member.onFreePorts("the service");
  private @Nullable NodeProcess process;

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
    List<String> command = new ArrayList<>(prefix);
    command.addAll(Artefact.at(APP).commandWithCache(options()));
    Path output = folder.resolve("output-%d.txt".formatted(outputs.size()));
    outputs.add(output);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    process = NodeProcess.start(builder, member(), output);
  }

  /** Waits until its API and its health answer, which they may do before it is ready. */
  void awaitListening() throws Exception {
    process().awaitListening(START);
    Await.until("its health answers", START, () -> readiness().text().length() > 0);
  }

  /**
   * Waits until it says that it is ready.
   *
   * @return the time since it was launched
   */
  Duration awaitReady() throws IOException {
    process().awaitReady(START);
    return process().age();
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
    Member member = process().member();
    return new Api(member.host(), member.http(), PATIENCE);
  }

  Api management() {
    Member member = process().member();
    return new Api(member.host(), member.management(), PATIENCE);
  }

  long pid() {
    return process().handle().pid();
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Ends it at once, as {@code kill -9} does. */
  void kill() {
    process().kill();
  }

  /** Asks it to stop, as {@code kill} does. */
  void askToStop() {
    process().askToStop();
  }

  /** Waits until it has ended, and says its exit code. */
  int awaitEnd() {
    assertThat(process().awaitEnd(END)).as(() -> "ends\n" + output()).isTrue();
    return exitCode();
  }

  /** Asks it to stop and waits until it has. */
  int stop() {
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
    return process().exitCode();
  }

  private NodeProcess process() {
    return Objects.requireNonNull(process, "it was not launched");
  }

  private List<String> options() {
    List<String> all = new ArrayList<>(free.alone());
    all.add("-Ddislog.data-dir=" + data);
    all.addAll(options);
    return all;
  }

  /** Where its settings say that it listens. */
  private Member member() {
    return new Member(
        free.id(),
        setting("quarkus.http.host", free.host()),
        Integer.parseInt(setting("quarkus.http.port", "" + free.http())),
        Integer.parseInt(setting("quarkus.management.port", "" + free.management())),
        free.raft());
  }

  private String setting(String name, String otherwise) {
    String option = "-D" + name + "=";
    return options.stream()
        .filter(set -> set.startsWith(option))
        .reduce(otherwise, (before, last) -> last.substring(option.length()));
  }

  private static String read(Path output) {
    try {
      return new String(Files.readAllBytes(output), UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }
}

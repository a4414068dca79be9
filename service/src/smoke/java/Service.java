import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One process of an artefact, started again and again on the same data. For one thread. */
final class Service implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration STOP = Duration.ofSeconds(60);
  private static final Pattern PORTS =
      Pattern.compile("Listening on: http://[^:]+:(\\d+)\\..* listening on http://[^:]+:(\\d+)");

  private final List<String> command;
  private final Path said;
  private final Path folder;
  private final Set<String> asked;
  private Process process;
  private Api api;
  private Api management;

  /**
   * @param asked what is asked of it goes there
   */
  Service(Artefact artefact, Path folder, List<String> settings, Set<String> asked)
      throws IOException {
    List<String> all = new ArrayList<>(settings);
    all.add("-Ddislog.data-dir=" + folder.resolve("data"));
    all.add("-Dquarkus.http.host=127.0.0.1");
    all.add("-Dquarkus.management.host=127.0.0.1");
    all.add("-Dquarkus.management.port=0");
    this.command = artefact.with(all);
    this.folder = folder;
    this.said = folder.resolve("output");
    this.asked = asked;
    Files.createDirectories(folder);
    // Whoever ends the smoke test in its middle is left with no process of it.
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /** Starts it, and waits for nothing. */
  void launch() throws IOException {
    process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
  }

  /** Waits until it says that it is ready. */
  void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    Matcher ports = PORTS.matcher(Files.readString(said));
    while (!ports.find()) {
      pause(deadline);
      ports = PORTS.matcher(Files.readString(said));
    }
    api = new Api("http://127.0.0.1:" + ports.group(1), asked);
    management = new Api("http://127.0.0.1:" + ports.group(2), asked);
    while (management.get("/q/health/ready").status() != 200) {
      pause(deadline);
    }
  }

  private void pause(long deadline) throws IOException, InterruptedException {
    if (!process.isAlive() || System.nanoTime() > deadline) {
      throw new IOException("it did not get ready; it said\n" + Files.readString(said));
    }
    TimeUnit.MILLISECONDS.sleep(20);
  }

  Api api() {
    return api;
  }

  Api management() {
    return management;
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Asks it to stop, and says whether it did. */
  boolean stop() throws InterruptedException {
    process.destroy();
    return process.waitFor(STOP);
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly().onExit().join(); // It writes no more into what is deleted then.
    }
  }
}

package io.dislog.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.dislog.kit.FileTree;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** One node of a cluster: its process, its disk, its clock. */
final class ClusterNode {

  /** For an answer while things go wrong. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Five of them, all killed, on two processors that others use too, took 55 s. */
  private static final Duration START = Duration.ofMinutes(4);

  private static final Pattern FULL = Pattern.compile("\"storage\"\\s*:\\s*\"full\"");
  private static final Duration END = Duration.ofMinutes(2);
  private static final int SIGTERM = 128 + 15;
  private static final int POLL_MILLIS = 50;

  /** It may have been about to end; but it must not end again and again. */
  private static final int MAX_STARTS = 2;

  private final int number;
  private final DislogProcess process;
  private final Shim shim;
  private final Room disk;
  private final Api api;
  private final Api management;
  private volatile String said = "nothing";
  private boolean stopped;
  private boolean ended;

  ClusterNode(int number, DislogProcess process, Shim shim, Room disk, Api api, Api management) {
    this.number = number;
    this.process = process;
    this.shim = shim;
    this.disk = disk;
    this.api = api;
    this.management = management;
  }

  int number() {
    return number;
  }

  String id() {
    return "n" + number;
  }

  DislogProcess process() {
    return process;
  }

  Shim shim() {
    return shim;
  }

  /** The disk of its own, which its data is on. */
  Room disk() {
    return disk;
  }

  Api api() {
    return api;
  }

  boolean isReady() {
    try {
      Answer answer = management.get("/q/health/ready");
      said = answer.text();
      return answer.status() == 200;
    } catch (IOException e) {
      said = e.toString();
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whether it says that its disk is full, be it ready or not. */
  boolean isFull() {
    var _ = isReady();
    return FULL.matcher(said).find();
  }

  /** Whether it says that it has damaged logs, or nothing. */
  boolean isDamaged() {
    return !isReady() || said.contains("damaged on this node");
  }

  /** What it said of itself when it was asked last. */
  String lastWord() {
    return said;
  }

  /** What it says of itself by a metric, of all shards together. */
  double metric(String name) throws IOException, InterruptedException {
    return new String(management.get("/q/metrics", "Accept", "text/plain").is(200).body(), UTF_8)
        .lines()
        .filter(line -> line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Makes a log, and says whether it answers in time that there is one. */
  boolean makes(String log, String config) throws InterruptedException {
    try {
      return api.put("/v1/logs/" + log, config).status() / 100 == 2;
    } catch (IOException e) {
      return false;
    }
  }

  /** The same of a stream. */
  boolean makes(Stream stream) throws InterruptedException {
    try {
      String type = stream.type().mediaType();
      return api.put(stream.path(), new byte[0], "Content-Type", type).status() / 100 == 2;
    } catch (IOException e) {
      return false;
    }
  }

  /** Starts it where it does not run. */
  synchronized void launch() throws IOException {
    if (!ended && !process.isAlive()) {
      process.launch();
    }
  }

  void awaitReady() throws Exception {
    AtomicInteger starts = new AtomicInteger();
    Await.until(
        () -> id() + " is ready, which said: " + said + "\n" + lastOutput(),
        START,
        () -> {
          if (!process.isAlive()) {
            assertThat(starts.incrementAndGet())
                .as(() -> "starts of %s%n%s".formatted(id(), lastOutput()))
                .isLessThanOrEqualTo(MAX_STARTS);
            launch();
          }
          Thread.sleep(POLL_MILLIS); // It has better things to do than to say how it is.
          return isReady();
        });
  }

  /** Holds it as it is: it answers nothing, and its connections stay. */
  void freeze() throws IOException {
    Shell.run("kill", "-STOP", Long.toString(process.pid()));
    stopped = true;
  }

  void thaw() throws IOException {
    if (stopped) {
      stopped = false;
      Shell.succeeds("kill", "-CONT", Long.toString(process.pid()));
    }
  }

  void kill() throws InterruptedException {
    stopped = false;
    if (process.isAlive()) {
      process.kill();
    }
  }

  /** Kills it, and lets nobody start it again. */
  synchronized void end() throws InterruptedException {
    ended = true;
    kill();
  }

  /** Asks it to stop, and waits until it has. */
  void stop() throws Exception {
    process.askToStop();
    Await.until(() -> id() + " ends when asked" + dump(), END, () -> !process.isAlive());
    assertThat(process.exitCode()).as("exit code of " + id()).isIn(0, SIGTERM);
  }

  /** Takes all away that it has stored. It must not run. */
  void wipe() throws IOException {
    FileTree.delete(process.data());
  }

  /** Has it print what its threads do, which stands in its output then. */
  private String dump() {
    Shell.succeeds("kill", "-QUIT", Long.toString(process.pid()));
    return "; what its threads did is in its output";
  }

  /** The end of what it printed. */
  String lastOutput() {
    List<String> lines =
        process.output().lines().filter(line -> !line.contains("Reporting health")).toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
  }
}

package io.dislog.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** One run of the packaged service as a process. Many threads may ask it. */
public final class NodeProcess implements AutoCloseable {

  private static final int ANSWER_MILLIS = 5_000;
  private static final Path NOTHING = Path.of("/dev/null");

  private final Process process;
  private final Member member;
  private final Path output;
  private final long startedAt = System.nanoTime();

  private NodeProcess(Process process, Member member, Path output) {
    this.process = process;
    this.member = member;
    this.output = output;
  }

  /**
   * Starts one, and waits for nothing.
   *
   * @param builder of its process, with the member's settings in its command
   * @param output file for what it prints, which is new then
   */
  public static NodeProcess start(ProcessBuilder builder, Member member, Path output)
      throws IOException {
    Process process =
        ProcessStart.of(
            builder
                .redirectInput(NOTHING.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile()));
    return new NodeProcess(process, member, output);
  }

  public Member member() {
    return member;
  }

  /** The process itself. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it ended with: 128 and the signal's number where a signal ended it. */
  public int exitCode() {
    return process.exitValue();
  }

  /** Time since it was started. */
  public Duration age() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }

  /** What it has printed. */
  public String output() {
    try {
      return new String(Files.readAllBytes(output), UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Whether its API can be connected to. */
  public boolean isListening() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(member.host(), member.http()), ANSWER_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether it says that it is ready. */
  public boolean isReady() {
    try {
      HttpURLConnection asked =
          (HttpURLConnection)
              member.health().resolve("/q/health/ready").toURL().openConnection(Proxy.NO_PROXY);
      asked.setConnectTimeout(ANSWER_MILLIS);
      asked.setReadTimeout(ANSWER_MILLIS);
      asked.setRequestProperty("Connection", "close");
      try {
        return asked.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        asked.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Waits until its API can be connected to, which may be before it is ready.
   *
   * @throws IOException with what it has printed, if it ends or takes too long
   */
  public void awaitListening(Duration patience) throws IOException {
    await("listening", patience, this::isListening);
  }

  /**
   * Waits until it says that it is ready.
   *
   * @throws IOException with what it has printed, if it ends or takes too long
   */
  public void awaitReady(Duration patience) throws IOException {
    await("ready", patience, this::isReady);
  }

  private void await(String what, Duration patience, Await.Condition<IOException> condition)
      throws IOException {
    boolean inTime = Await.holdsWithin(patience, () -> !isAlive() || condition.holds());
    if (!inTime || !isAlive()) {
      throw new IOException(
          "%s did not get %s %s; it said%n%s"
              .formatted(
                  member.id(),
                  what,
                  inTime ? "and ended with code " + exitCode() : "within " + patience,
                  output()));
    }
  }

  /** Asks it to stop, as {@code kill} does, and waits for nothing. */
  public void askToStop() {
    process.destroy();
  }

  /** Waits until it has ended, and says whether it did in time. */
  public boolean awaitEnd(Duration patience) {
    return Await.holdsWithin(patience, () -> !isAlive());
  }

  /** Asks it to stop, and says whether it did in time. */
  public boolean stop(Duration patience) {
    askToStop();
    return awaitEnd(patience);
  }

  /** Ends it at once, as {@code kill -9} does, and waits until it writes no more. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Kills it. */
  @Override
  public void close() {
    kill();
  }
}

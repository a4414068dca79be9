package io.dislog.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

/** A process that is asked what address a name has. For one thread. */
public final class NameProbe implements AutoCloseable {

  /** The answer where a name has no address. */
  public static final String UNKNOWN = "unknown";

  private final Process process;
  private final PrintWriter questions;
  private final BufferedReader answers;

  private NameProbe(Process process) {
    this.process = process;
    this.questions = new PrintWriter(process.outputWriter(UTF_8), true);
    this.answers = process.inputReader(UTF_8);
  }

  /**
   * Starts one.
   *
   * @param hosts file of names and addresses, in the place of those that the system has
   * @param program with a {@code main} that calls {@link #answer()}
   */
  public static NameProbe start(Path hosts, Class<?> program) throws IOException {
    return new NameProbe(
        new ProcessBuilder(
                Artefact.java(),
                "-Xmx32m",
                "-Djdk.net.hosts.file=" + hosts,
                "-cp",
                System.getProperty("java.class.path"),
                program.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** The address that a name has for the process, or {@link #UNKNOWN}. */
  public String address(String name) throws IOException {
    questions.println(name);
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the process has ended");
    }
    return answer;
  }

  /** In the process: says what address a name has, for each line that it reads. */
  public static void answer() throws IOException {
    BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String name = asked.readLine(); name != null; name = asked.readLine()) {
      System.out.println(known(name));
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private static String known(String name) {
    try {
      return InetAddress.getByName(name).getHostAddress();
    } catch (UnknownHostException e) {
      return UNKNOWN;
    }
  }
}

package io.dislog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that comes back elsewhere is found there. */
final class MainTest {

  private static final String NAME = "demo-0.demo-nodes.somewhere.svc";

  /** Less than what a JVM believes by itself. */
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  @TempDir Path folder;

  @Test
  void whatANameSaidIsNotBelievedForLong() throws IOException {
    Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.9 another\n");
    Process probe =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-Djdk.net.hosts.file=" + hosts,
                "-cp",
                System.getProperty("java.class.path"),
                NameProbe.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (PrintWriter ask = new PrintWriter(probe.outputWriter(UTF_8), true);
        BufferedReader answer = probe.inputReader(UTF_8)) {
      ask.println(NAME);
      assertThat(answer.readLine()).isEqualTo("unknown");
      Files.writeString(hosts, "127.0.0.1 " + NAME + "\n");
      await("127.0.0.1", ask, answer);
      Files.writeString(hosts, "127.0.0.2 " + NAME + "\n");
      await("127.0.0.2", ask, answer);
    } finally {
      probe.destroyForcibly();
    }
  }

  private static void await(String address, PrintWriter ask, BufferedReader answer)
      throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String last;
    do {
      assertThat(System.nanoTime()).as("it has the address " + address).isLessThan(deadline);
      LockSupport.parkNanos(50_000_000);
      ask.println(NAME);
      last = answer.readLine();
    } while (!address.equals(last));
  }
}

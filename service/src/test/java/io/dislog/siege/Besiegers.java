package io.dislog.siege;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The process of the {@link Attackers}, from outside. For one thread. */
final class Besiegers implements AutoCloseable {

  /** Takes the descriptors that the largest attack needs, where that is allowed. */
  private static final String RAISE = "ulimit -n 12000 2>/dev/null; exec nice \"$@\"";

  private final Process process;
  private final BufferedWriter to;
  private final BufferedReader from;

  Besiegers() throws IOException {
    process =
        new ProcessBuilder(
                List.of(
                    "sh",
                    "-c",
                    RAISE,
                    "sh",
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    classes(),
                    Attackers.class.getName()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    to = process.outputWriter(UTF_8);
    from = process.inputReader(UTF_8);
  }

  /** Begins an attack; what comes of it is said at its end. */
  CompletableFuture<String> begin(Attack attack, int port, Duration length) throws IOException {
    to.write("%s %d %d%n".formatted(attack.name(), port, length.toMillis()));
    to.flush();
    return CompletableFuture.supplyAsync(this::line);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    to.close();
    from.close();
  }

  private String line() {
    try {
      @Nullable String line = from.readLine();
      return line == null ? "the attackers' process has ended" : line;
    } catch (IOException e) {
      return "the attackers' process does not say: " + e.getMessage();
    }
  }

  private static String classes() {
    try {
      return Path.of(Attackers.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}

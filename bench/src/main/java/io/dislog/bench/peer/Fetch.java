package io.dislog.bench.peer;

import io.dislog.kit.FileTree;
import io.dislog.kit.ProcessStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Brings what a peer is started from into a folder of the user's cache, once: a command fills a
 * folder beside it, which is then renamed, so that whoever comes meanwhile sees all of it or
 * nothing. Thread-safe.
 *
 * @param cache folder of the user's cache
 * @param say where a line says what is fetched
 */
record Fetch(Path cache, Consumer<String> say) {

  static final String OFFLINE = "DISLOG_OFFLINE";

  private static final Duration PATIENCE = Duration.ofMinutes(15);

  /**
   * Brings it, if it is not there.
   *
   * @param name of what is fetched, and with the version of its folder
   * @param source whose client fetches it, as a line says it
   * @param command that fills a folder
   */
  Program program(
      String name, String version, String source, Function<Path, ProcessBuilder> command) {
    Path folder = cache.resolve(name + "-" + version);
    if (Files.isDirectory(folder)) {
      return new Program.Present(folder, version);
    }
    if (!System.getenv().getOrDefault(OFFLINE, "0").equals("0")) {
      return new Program.Absent(
          version, "it is not in %s, and %s is set".formatted(cache, OFFLINE));
    }
    say.accept("fetching %s %s by %s into %s".formatted(name, version, source, folder));
    return fill(folder, command)
        .<Program>map(why -> new Program.Absent(version, "it can't be fetched: " + why))
        .orElseGet(() -> new Program.Present(folder, version));
  }

  /** Why it failed, if so, in one line. */
  private Optional<String> fill(Path folder, Function<Path, ProcessBuilder> command) {
    try {
      Path work = Files.createTempDirectory(Files.createDirectories(cache), "fetch.");
      try {
        Path part = Files.createDirectory(work.resolve("part"));
        Optional<String> why = run(command.apply(part), work.resolve("said"));
        if (why.isEmpty()) {
          Files.move(part, folder);
        }
        return why;
      } finally {
        FileTree.delete(work);
      }
    } catch (IOException e) {
      return Optional.of(e.toString());
    }
  }

  private static Optional<String> run(ProcessBuilder command, Path said) throws IOException {
    Process process =
        ProcessStart.of(command.redirectErrorStream(true).redirectOutput(said.toFile()));
    process.getOutputStream().close();
    try {
      if (!process.waitFor(PATIENCE.toMinutes(), TimeUnit.MINUTES)) {
        return Optional.of("it took more than %d min".formatted(PATIENCE.toMinutes()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return process.exitValue() == 0 ? Optional.empty() : Optional.of(lastLine(said));
  }

  private static String lastLine(Path said) throws IOException {
    List<String> lines = Files.readAllLines(said);
    return lines.stream()
        .filter(line -> !line.isBlank())
        .reduce((earlier, later) -> later)
        .orElse("nothing was said");
  }
}

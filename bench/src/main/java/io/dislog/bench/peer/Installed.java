package io.dislog.bench.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Programs that the machine's own packages have installed. Stateless. */
final class Installed {

  private static final int SECONDS = 20;

  /** Where Debian puts servers, whatever the PATH of a user is. */
  private static final List<String> FOLDERS =
      List.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin");

  private Installed() {}

  /**
   * Looks for a program.
   *
   * @param debianPackage that has it
   * @param version what it prints of its version, with one group, when it is asked with {@code
   *     --version}
   */
  static Program program(String name, String debianPackage, Pattern version) {
    Optional<Path> path =
        Stream.concat(
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)),
                FOLDERS.stream())
            .filter(folder -> !folder.isEmpty())
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    return path.<Program>map(found -> new Program.Present(found, version(found, version)))
        .orElseGet(() ->
            new Program.Absent(
                "",
                "there is no %s on this machine; Debian's package %s has it"
                    .formatted(name, debianPackage)));
  }

  /** Empty where it says none. */
  private static String version(Path program, Pattern version) {
    try {
      Process process =
          new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Matcher matcher = version.matcher(said);
      return matcher.find() ? matcher.group(1) : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}

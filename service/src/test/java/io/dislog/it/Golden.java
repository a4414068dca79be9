package io.dislog.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Data directories as services left them. They are never made anew: they stand for all that were
 * written before the next format version. Stateless.
 */
final class Golden {

  private static final Path FOLDER = Path.of("src/test/resources/golden");

  private Golden() {}

  /** A copy of the directory of that name, to be opened and written to. */
  static void copy(String name, Path to) throws IOException {
    Path from = FOLDER.resolve(name);
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }
}

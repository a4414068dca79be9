package io.dislog.commit;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Folders of files, to be copied and compared. */
final class Folders {

  private Folders() {}

  /** The golden data directory of a format version. */
  static Path golden(String version) throws URISyntaxException {
    URL folder = Folders.class.getResource("/golden/" + version);
    return Path.of(Objects.requireNonNull(folder, version).toURI());
  }

  static void copy(Path from, Path to) throws IOException {
    for (Path file : filesBelow(from)) {
      Path copy = to.resolve(from.relativize(file).toString());
      Files.createDirectories(Objects.requireNonNull(copy.getParent()));
      Files.copy(file, copy);
    }
  }

  /** The bytes in hexadecimal of all files with these suffixes, by path. */
  static Map<String, String> files(Path folder, String... suffixes) throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (Path file : filesBelow(folder)) {
      if (Stream.of(suffixes).anyMatch(file.toString()::endsWith)) {
        files.put(
            folder.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return files;
  }

  private static List<Path> filesBelow(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }
}

package io.dislog.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a dying disk does to the files of a node's logs while the node is down. */
final class FileDamage {

  private static final Pattern LOG_FILE =
      Pattern.compile(".*/shards/\\d+/logs/[^/]+/([0-9]{20}\\.store|state-.\\.journal)");

  private static final int MOST_BYTES = 64;

  private final Path data;
  private final Random random;

  FileDamage(Path data, Random random) {
    this.data = data;
    this.random = random;
  }

  /** Inverts some bytes of one of the files, and says where. */
  String strike() throws IOException {
    List<Path> files = files();
    if (files.isEmpty()) {
      return "no file";
    }
    Path file = files.get(random.nextInt(files.size()));
    byte[] content = Files.readAllBytes(file);
    int from = random.nextInt(content.length);
    int to = Math.min(content.length, from + 1 + random.nextInt(MOST_BYTES));
    for (int at = from; at < to; at++) {
      content[at] ^= (byte) 0xff;
    }
    Files.write(file, content);
    return "bytes %d to %d of %s".formatted(from, to, data.relativize(file));
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(data)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        if (LOG_FILE.matcher(file.toString()).matches() && Files.size(file) > 0) {
          files.add(file);
        }
      }
    }
    files.sort(null);
    return files;
  }
}

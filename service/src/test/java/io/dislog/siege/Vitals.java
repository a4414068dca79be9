package io.dislog.siege;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process takes, as the system counts it, in bytes.
 *
 * @param resident memory of it, files that are mapped included
 * @param ownResident what of that is no file's, which nobody but the process can give back
 * @param heap bytes in use, or 0 where it is not known
 */
record Vitals(long resident, long ownResident, long heap, int descriptors, int threads) {

  static final Vitals NONE = new Vitals(0, 0, 0, 0, 0);

  static Vitals of(long pid, long heap) throws IOException {
    Path folder = Path.of("/proc/" + pid);
    long resident = 0;
    long own = 0;
    long threads = 0;
    for (String line : Files.readAllLines(folder.resolve("status"))) {
      String name = line.substring(0, Math.max(0, line.indexOf(':')));
      switch (name) {
        case "VmRSS" -> resident = number(line) << 10;
        case "RssAnon" -> own = number(line) << 10;
        case "Threads" -> threads = number(line);
        default -> {}
      }
    }
    try (Stream<Path> descriptors = Files.list(folder.resolve("fd"))) {
      return new Vitals(resident, own, heap, (int) descriptors.count(), (int) threads);
    }
  }

  /** The larger of each. */
  Vitals max(Vitals other) {
    return new Vitals(
        Math.max(resident, other.resident),
        Math.max(ownResident, other.ownResident),
        Math.max(heap, other.heap),
        Math.max(descriptors, other.descriptors),
        Math.max(threads, other.threads));
  }

  private static long number(String line) {
    return Long.parseLong(line.replaceAll("\\D", ""));
  }
}

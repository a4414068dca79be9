package io.dislog.bench;

import io.dislog.bench.peer.Peer;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was asked for on the command line.
 *
 * @param project whose builds are measured
 * @param asked options, as they were given
 */
record Options(Path project, List<String> asked) {

  private static final String PEERS = "--peers";
  private static final String PUBLISH = "--publish";

  /**
   * @param arguments the project's folder, then options
   */
  static Options of(List<String> arguments) {
    return new Options(
        Path.of(arguments.getFirst()).toAbsolutePath(),
        List.copyOf(arguments.subList(1, arguments.size())));
  }

  Plan plan() {
    Plan plan = asked.contains("--quick") ? Plan.QUICK : Plan.FULL;
    return value("--rounds").map(Integer::parseInt).map(plan::withRounds).orElse(plan);
  }

  /** Folder on the disk to measure. */
  Path parent() {
    return value("--dir")
        .map(folder -> Path.of(folder).toAbsolutePath())
        .orElse(project.resolve("bench/target"));
  }

  Set<RowGroup> groups() {
    return value("--rows")
        .map(list -> Words.named(RowGroup.class, list, "there are no rows"))
        .orElse(EnumSet.allOf(RowGroup.class));
  }

  boolean besidePeers() {
    return asked.stream().anyMatch(option -> name(option).equals(PEERS));
  }

  Set<Peer> peers() {
    return value(PEERS)
        .map(list -> Words.named(Peer.class, list, "there is no peer"))
        .orElse(EnumSet.allOf(Peer.class));
  }

  Set<Measure> measures() {
    return value("--rows")
        .map(list -> Words.named(Measure.class, list, "beside peers there are no rows"))
        .orElse(EnumSet.allOf(Measure.class));
  }

  /** How many nodes, one after the other. */
  List<Integer> nodes() {
    return switch (value("--nodes").orElse("1,3")) {
      case "1" -> List.of(1);
      case "3" -> List.of(3);
      case "1,3" -> List.of(1, 3);
      default -> throw new IllegalArgumentException("--nodes is 1, 3 or 1,3");
    };
  }

  boolean publish() {
    return asked.contains(PUBLISH);
  }

  /** For the service's JVM. */
  List<String> ofService() {
    return asked.stream().filter(option -> !option.startsWith("--")).toList();
  }

  /** As it can be given again. */
  String command() {
    return ("./dislog bench " + String.join(" ", asked)).strip();
  }

  private Optional<String> value(String name) {
    return asked.stream()
        .filter(option -> option.startsWith(name + "="))
        .reduce((earlier, later) -> later)
        .map(option -> option.substring(name.length() + 1));
  }

  private static String name(String option) {
    return option.split("=", 2)[0];
  }
}

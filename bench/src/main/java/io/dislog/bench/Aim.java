package io.dislog.bench;

import io.dislog.bench.table.Comparison;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is wanted of Dislog beside others.
 *
 * @param words that a name has which this concerns
 */
record Aim(Measure measure, int nodes, List<String> words, String ratio) {

  private static final List<Aim> ALL =
      List.of(
          new Aim(Measure.STEADY, 1, List.of("device"), "≥ 10"),
          new Aim(Measure.STEADY, 1, List.of("Redis", "always"), "≥ 1"),
          new Aim(Measure.ALONE, 1, List.of("device"), "≤ 1.3"),
          new Aim(Measure.FIRST, 3, List.of("NATS", "always"), "≥ 1"),
          new Aim(Measure.STEADY, 3, List.of("NATS", "always"), "≥ 3"),
          new Aim(Measure.STEADY, 3, List.of("etcd"), "≥ 5"),
          new Aim(Measure.ALONE, 3, List.of("device"), "≤ 4"),
          new Aim(Measure.BATCHES, 3, List.of("device"), "≥ 0.7"),
          new Aim(Measure.BATCHES, 3, List.of("Kafka", "no fsync"), "≥ 2"),
          new Aim(Measure.BATCHES, 3, List.of("Kafka", "flush.messages=1"), "≥ 5"));

  static Stream<Aim> of(Measure measure, int nodes) {
    return ALL.stream().filter(aim -> aim.measure == measure && aim.nodes == nodes);
  }

  /** Writes it beside those that it concerns. */
  void addTo(Comparison comparison, Collection<String> names) {
    names.stream()
        .filter(name -> words.stream().allMatch(name::contains))
        .forEach(name -> comparison.aim(name, ratio));
  }
}

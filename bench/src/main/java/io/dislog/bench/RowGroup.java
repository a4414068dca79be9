package io.dislog.bench;

import io.dislog.bench.table.Row;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A group of rows that are measured together, in the table's order. */
enum RowGroup {
  APPENDS(stage -> new AppendRows(stage).measure()),
  BYTES(stage -> new ByteRows(stage).measure()),
  READS(stage -> new ReadRows(stage).measure()),
  RETENTION(stage -> new RetentionRows(stage).measure()),
  RESTART(stage -> new RestartRows(stage).measure()),
  CLUSTER(stage -> new ClusterRows(stage).measure()),
  IDLE_CLUSTER(stage -> new IdleClusterRows(stage).measure()),
  STREAMS(stage -> new StreamRows(stage).measure());

  @SuppressWarnings("ImmutableEnumChecker") // A lambda without state.
  private final Measuring measuring;

  RowGroup(Measuring measuring) {
    this.measuring = measuring;
  }

  List<Row> measure(Stage stage) throws IOException {
    return measuring.measure(stage);
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Finds the groups that a list names.
   *
   * @param list of words, with commas between them
   * @throws IllegalArgumentException where a word is no group's
   */
  static Set<RowGroup> named(String list) {
    Set<RowGroup> named = EnumSet.noneOf(RowGroup.class);
    for (String word : list.split(",", -1)) {
      named.add(
          Arrays.stream(values())
              .filter(group -> group.word().equals(word))
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "there are no rows '%s', but %s".formatted(word, words()))));
    }
    return named;
  }

  private static String words() {
    return Arrays.stream(values()).map(RowGroup::word).collect(Collectors.joining(", "));
  }

  /** Measures rows. */
  private interface Measuring {
    List<Row> measure(Stage stage) throws IOException;
  }
}

package io.dislog.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.bench.load.Run;
import io.dislog.bench.load.Span;
import io.dislog.bench.machine.Device;
import io.dislog.bench.peer.Contender;
import io.dislog.bench.peer.Running;
import io.dislog.bench.peer.Site;
import io.dislog.bench.table.Comparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rounds of contenders that only say what they were asked. */
final class PeerRowsTest {

  private static final Duration SHORT = Duration.ofMillis(5);
  private static final Plan PLAN = new Plan(3, SHORT, SHORT, SHORT, SHORT, SHORT, 0);

  @TempDir private Path folder;

  private final List<String> events = new ArrayList<>();
  private Stage stage;

  @BeforeEach
  void stage() throws IOException {
    stage = new Stage(folder, folder, Device.under(folder), PLAN, List.of());
  }

  @Test
  void eachIsStartedMeasuredAndClosedInEachRoundAndAnotherIsFirstEachTime() throws IOException {
    PeerRows rows = rows(new Fake("Dislog", 9), new Fake("b", 9), new Fake("c", 9));
    for (int round = 1; round <= 3; round++) {
      rows.measure(round);
    }
    assertThat(events)
        .filteredOn(event -> event.endsWith(" starts"))
        .extracting(event -> event.substring(0, event.indexOf(' ')))
        .containsExactly("Dislog", "b", "c", "b", "c", "Dislog", "c", "Dislog", "b");
    assertThat(events.subList(0, 7))
        .containsExactly(
            "Dislog on 3 starts",
            "Dislog 64 singles",
            "Dislog 64 singles",
            "Dislog 64 singles",
            "Dislog 1 singles",
            "Dislog 16 batches",
            "Dislog 16 batches");
    assertThat(events.get(7)).isEqualTo("Dislog closes");
    assertNothingIsLeft();
  }

  @Test
  void onePeerThatFailsSaysWhyAndTheOthersGoOn() throws IOException {
    PeerRows rows = rows(new Fake("Dislog", 9), new Fake("never", 0), new Fake("once", 1));
    rows.measure(1);
    rows.measure(2);
    Map<String, String> lines = lines(rows.comparisons().getFirst());
    assertThat(lines.get("never"))
        .isEqualTo("| never | not measured: it does not start and says why | | | |");
    assertThat(lines.get("once"))
        .startsWith(
            "| once | **1,000** (1,000); failed in round 2: it does not start and says why | **1.00** (1.00) |");
    assertThat(lines.get("Dislog")).startsWith("| Dislog | **1,000** (1,000; 1,000) |");
    assertThat(lines.get("the device: 4 KiB write + fdatasync")).contains("; ");
    assertThat(events).filteredOn(event -> event.startsWith("never")).hasSize(2);
    assertNothingIsLeft();
  }

  @Test
  void oneThatFailsWhileItIsMeasuredIsClosed() throws IOException {
    PeerRows rows = rows(new Fake("Dislog", 9), new Fake("fails at batches", 9));
    rows.measure(1);
    assertThat(events.getLast()).isEqualTo("fails at batches closes");
    assertThat(lines(rows.comparisons().getFirst()).get("fails at batches"))
        .startsWith("| fails at batches | **1,000** (1,000) |");
    assertThat(lines(rows.comparisons().getLast()).get("fails at batches"))
        .isEqualTo("| fails at batches | not measured: no room | | | |");
    assertNothingIsLeft();
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).allMatch(path -> path.endsWith("probe"));
    }
  }

  private PeerRows rows(Contender... contenders) throws IOException {
    return new PeerRows(stage, 3, EnumSet.allOf(Measure.class), List.of(contenders));
  }

  private static Map<String, String> lines(Comparison comparison) {
    return comparison
        .table()
        .lines()
        .skip(2)
        .collect(Collectors.toMap(line -> line.split(" \\| |^\\| ", -1)[1], line -> line));
  }

  /** One whose appends take a millisecond each. */
  private final class Fake implements Contender, Running {
    private final String name;
    private int starts;

    /**
     * @param starts that go well
     */
    Fake(String name, int starts) {
      this.name = name;
      this.starts = starts;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Running start(Site site) throws IOException {
      events.add("%s on %d starts".formatted(name, site.nodes()));
      if (--starts < 0) {
        throw new IOException("it does not start\n  and says why");
      }
      return this;
    }

    @Override
    public Run singles(int clients, Span span) {
      events.add("%s %d singles".formatted(name, clients));
      return oneMillisecond();
    }

    @Override
    public Run batches(int clients, Span span) throws IOException {
      events.add("%s %d batches".formatted(name, clients));
      if (name.contains("batches")) {
        throw new IOException("no room");
      }
      return oneMillisecond();
    }

    @Override
    public void close() {
      events.add(name + " closes");
    }

    private static Run oneMillisecond() {
      Histogram latencies = new Histogram(Run.DIGITS);
      latencies.recordValue(1_000_000);
      return new Run(latencies, 1_000_000, 1);
    }
  }
}

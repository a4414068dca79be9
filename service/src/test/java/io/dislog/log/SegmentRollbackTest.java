package io.dislog.log;

import static io.dislog.log.MemoryFolder.PATH;
import static io.dislog.log.MemoryFolder.TIME;
import static io.dislog.log.MemoryFolder.index;
import static io.dislog.log.MemoryFolder.record;
import static io.dislog.log.MemoryFolder.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.disk.Disk;
import io.dislog.disk.Fault;
import io.dislog.disk.Fault.Kind;
import io.dislog.disk.FaultyDisk;
import io.dislog.journal.Journal;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A segment that was begun goes without a trace, and the one before it is written on. */
final class SegmentRollbackTest {

  /** A power cut leaves names as chance has it. */
  private static final int SEEDS = 20;

  private MemoryFolder folder;
  private Journal journal;
  private final Segments segments = new Segments();
  private SegmentWriter writer;

  @BeforeEach
  void createFirstSegment() throws IOException {
    folder = new MemoryFolder();
    Journal.create(folder.disk(), PATH, List.of());
    journal = Journal.open(folder.disk(), PATH, entry -> {});
    writer = SegmentWriter.create(folder.resources(), PATH, new Store.Header(0, TIME, 0));
    segments.add(writer.segment());
  }

  @Test
  void bothFilesOfTheSegmentGo() throws IOException {
    SegmentRollback.run(folder.disk(), PATH, 0);

    assertThat(folder.names()).isEmpty();
  }

  @Test
  void filesOfAnotherSegmentStay() throws IOException {
    SegmentRollback.run(folder.disk(), PATH, 1);

    assertThat(folder.names()).hasSize(2);
  }

  @Test
  void whatHasGoneStaysAwayAfterAPowerCut() throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      MemoryFolder begun = begunOn(new FaultyDisk(seed));
      SegmentRollback.run(begun.disk(), PATH, 0);

      assertThat(begun.disk().afterPowerCut().list(PATH)).as("seed %d", seed).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aPowerCutNeverLeavesAnIndexWithoutItsStore(int operation) throws IOException {
    for (int seed = 0; seed < SEEDS; seed++) {
      FaultyDisk disk = new FaultyDisk(seed);
      MemoryFolder begun = begunOn(disk);
      disk.plan(Fault.of(Kind.TEAR, disk.operations() + operation));

      assertThatThrownBy(() -> SegmentRollback.run(begun.disk(), PATH, 0))
          .isInstanceOf(IOException.class);

      Disk left = disk.afterPowerCut();
      assertThat(left.exists(index(0)) && !left.exists(store(0))).as("seed %d", seed).isFalse();
    }
  }

  @Test
  void theSegmentBeforeIsWrittenOnFromTheEnd() throws IOException {
    round("a");
    round("b");
    roll("c");

    writer = SegmentRollback.back(folder.resources(), PATH, writer, segments, 1);

    assertThat(writer.endOffset()).isEqualTo(1);
    round("d");
    assertThat(read(0)).isEqualTo("a");
    assertThat(read(1)).isEqualTo("d");
  }

  @Test
  void allSegmentsBehindTheEndGo() throws IOException {
    round("a");
    round("b");
    roll("c");
    roll("d");

    writer = SegmentRollback.back(folder.resources(), PATH, writer, segments, 1);

    assertThat(segments.count()).isEqualTo(1);
    assertThat(folder.names())
        .containsExactly(index(0).getFileName().toString(), store(0).getFileName().toString());
  }

  @Test
  void aSegmentThatBeginsAtTheEndStaysWithoutRecords() throws IOException {
    round("a");
    roll("b");
    roll("c");

    writer = SegmentRollback.back(folder.resources(), PATH, writer, segments, 1);

    assertThat(segments.last().baseOffset()).isEqualTo(1);
    assertThat(writer.isEmpty()).isTrue();
    assertThat(read(0)).isEqualTo("a");
  }

  @Test
  void theSegmentBeforeIsNoLongerSealed() throws IOException {
    round("a");
    round("b");
    roll("c");
    assertThat(segments.first().contents().sealed()).isTrue();

    writer = SegmentRollback.back(folder.resources(), PATH, writer, segments, 1);

    assertThat(segments.first().contents().sealed()).isFalse();
  }

  private static MemoryFolder begunOn(FaultyDisk disk) throws IOException {
    MemoryFolder begun = new MemoryFolder(disk);
    SegmentWriter.create(begun.resources(), PATH, new Store.Header(0, TIME, 0)).close();
    return begun;
  }

  private void round(String value) throws IOException {
    writer.append(record(value), 0, TIME);
    writer.write(true);
    writer.settle();
  }

  /** Begins the next segment with a record. */
  private void roll(String value) throws IOException {
    writer = writer.roll(folder.resources(), PATH, journal, TIME);
    segments.add(writer.segment());
    round(value);
  }

  private String read(long offset) throws IOException {
    Segment holding = segments.holding(offset);
    SegmentReader reader = holding == null ? null : holding.read();
    if (reader == null) {
      throw new AssertionError("no segment has offset " + offset);
    }
    try (reader) {
      return MemoryFolder.text(reader.read(offset));
    }
  }
}

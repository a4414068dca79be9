package io.dislog.log;

import static io.dislog.log.MemoryFolder.TIME;
import static io.dislog.log.MemoryFolder.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.disk.DamageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What readers find by offset and by time, across segments and up to damage. */
final class LogReaderTest {

  private MemoryLog memory;
  private LogReader reader;

  /** Segments of a and b, of c and d, and of e, with a millisecond from one to the next. */
  @BeforeEach
  void appendFive() throws IOException {
    memory = new MemoryLog();
    reader = memory.reader();
    memory.appendAt(TIME, "a");
    memory.appendAt(TIME + 1, "b");
    memory.appendAt(TIME + 2, "c");
    memory.appendAt(TIME + 3, "d");
    memory.appendAt(TIME + 4, "e");
  }

  @Test
  void aRangeGoesAcrossSegments() throws IOException {
    assertThat(range(1, 3, 100)).containsExactly("b", "c", "d");
  }

  @Test
  void aRangeEndsAtTheEnd() throws IOException {
    assertThat(range(3, 100, 100)).containsExactly("d", "e");
  }

  @Test
  void aRangeAtTheEndIsEmpty() throws IOException {
    assertThat(range(5, 100, 100)).isEmpty();
  }

  @Test
  void aRangeHasNoMoreBytesThanAskedFor() throws IOException {
    assertThat(range(1, 100, 3)).containsExactly("b", "c", "d");
  }

  @Test
  void aRangeHasARecordThoughItIsTooLarge() throws IOException {
    assertThat(range(1, 100, 0)).containsExactly("b");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 6})
  void aRangeFromOutsideIsRefused(long from) throws IOException {
    memory.log().trim(1, TIME + 5);

    assertThatThrownBy(() -> reader.range(from, 1, 1))
        .hasMessage("offset %d is outside [1, 5]".formatted(from));
  }

  @Test
  void aTrimmedOffsetIsToldFromOneToCome() {
    assertThat(new OffsetOutOfRangeException(0, 1, 5).trimmed()).isTrue();
    assertThat(new OffsetOutOfRangeException(5, 1, 5).trimmed()).isFalse();
  }

  @Test
  void theRegionsOfARangeAreItsFramesInTheStores() throws IOException {
    try (RecordRange range = reader.range(1, 3, 100)) {
      assertThat(range.regions())
          .containsExactly(new Region(store(0), 66, 26), new Region(store(2), 40, 52));
      assertThat(range.bytes()).isEqualTo(78);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 26, 38})
  void theBytesOfARangeAreReadFromAnyPlaceOn(int from) throws IOException {
    ByteBuffer all = ByteBuffer.allocate(78);
    ByteBuffer part = ByteBuffer.allocate(40);
    try (RecordRange range = reader.range(1, 3, 100)) {
      range.read(all, 0);
      range.read(part, from);
    }

    assertThat(Frame.offsetAt(all, 52)).isEqualTo(3);
    assertThat(part.flip()).isEqualTo(all.flip().slice(from, 40));
  }

  @Test
  void aReadOfADamagedRecordIsRefused() throws IOException {
    memory.folder().flip(store(2), 40 + 25);

    assertThatThrownBy(() -> reader.read(2))
        .isInstanceOf(DamageException.class)
        .hasMessageContaining("00000000000000000002.store is damaged at position 40");
  }

  @Test
  void aRangeEndsBeforeADamagedRecord() throws IOException {
    memory.folder().flip(store(2), 66 + 25);

    assertThat(range(0, 100, 100)).containsExactly("a", "b", "c");
  }

  @Test
  void aRangeEndsBeforeASegmentThatBeginsDamaged() throws IOException {
    memory.folder().flip(store(2), 40 + 25);

    assertThat(range(0, 100, 100)).containsExactly("a", "b");
  }

  @Test
  void aRangeFromADamagedRecordIsRefused() throws IOException {
    memory.folder().flip(store(2), 66 + 25);

    assertThatThrownBy(() -> reader.range(3, 100, 100)).isInstanceOf(DamageException.class);
  }

  @Test
  void recordsBehindADamagedOneAreRead() throws IOException {
    memory.folder().flip(store(2), 40 + 25);

    assertThat(range(3, 100, 100)).containsExactly("d", "e");
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "0, 0", "1, 1", "2, 2", "4, 4", "5, 5"})
  void aTimeFindsTheFirstRecordAtOrAfterIt(long behind, long offset) throws IOException {
    assertThat(reader.offsetAt(TIME + behind)).isEqualTo(offset);
  }

  @Test
  void aTimeFindsNothingThatIsTrimmed() throws IOException {
    memory.log().trim(1, TIME + 5);

    assertThat(reader.offsetAt(TIME)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0, 5, 130", "1, 3, 52", "2, 2, 0", "-3, 1, 26", "4, 9, 26"})
  void bytesAreCountedAcrossSegments(long from, long to, long bytes) throws IOException {
    assertThat(reader.bytesBetween(from, to)).isEqualTo(bytes);
  }

  @Test
  void aStoreIsFoundByItsBaseOffsetAlone() {
    assertThat(reader.store(2)).isEqualTo(store(2));
    assertThat(reader.store(3)).isNull();
  }

  @Test
  void everyStoreIsOutlined() {
    assertThat(reader.stores())
        .containsExactly(
            new StoreOutline(0, 2, 92), new StoreOutline(2, 2, 92), new StoreOutline(4, 1, 66));
  }

  @Test
  void aRangeThatIsOpenIsReadThoughItsSegmentIsTrimmed() throws IOException {
    try (RecordRange range = reader.range(0, 2, 100)) {
      memory.log().trim(2, TIME + 5);

      assertThat(values(range)).containsExactly("a", "b");
      assertThat(memory.disk().exists(store(0))).isTrue();
    }
    assertThat(memory.disk().exists(store(0))).isFalse();
  }

  private List<String> range(long from, int limit, long maxValueBytes) throws IOException {
    try (RecordRange range = reader.range(from, limit, maxValueBytes)) {
      return values(range);
    }
  }

  private static List<String> values(RecordRange range) throws IOException {
    List<String> values = new ArrayList<>();
    for (StoredRecord read = range.next(); read != null; read = range.next()) {
      values.add(MemoryFolder.text(read));
    }
    return values;
  }
}

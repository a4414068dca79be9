package io.dislog.log;

import static io.dislog.log.MemoryFolder.PATH;
import static io.dislog.log.MemoryFolder.TIME;
import static io.dislog.log.MemoryFolder.index;
import static io.dislog.log.MemoryFolder.store;
import static io.dislog.log.MemoryLog.TWO_RECORDS;
import static io.dislog.log.MemoryLog.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.disk.DamageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a log has when it is opened again, after it was closed, killed or damaged. */
final class LogRecoveryTest {

  private MemoryLog memory;

  @BeforeEach
  void create() throws IOException {
    memory = new MemoryLog();
  }

  @Test
  void aClosedLogIsAsItWas() throws IOException {
    memory.append("a", "b", "c");
    Extent before = memory.log().extent();

    memory.reopen();

    assertThat(memory.log().extent()).isEqualTo(before);
    assertThat(memory.bases()).containsExactly(0L, 2L);
    assertThat(memory.values()).containsExactly("a", "b", "c");
  }

  @Test
  void aLogThatWasKilledGoesOnBehindWhatWasWritten() throws IOException {
    memory.append("a", "b", "c");

    memory.reopenAfterAKill();

    assertThat(memory.append("d")).isEqualTo(3);
    assertThat(memory.values()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void recordsBelowTheEarliestOffsetStayHidden() throws IOException {
    memory.append("a", "b");

    memory.reopen(1);

    assertThat(memory.offsets()).containsExactly(1L);
  }

  @Test
  void segmentsBelowTheEarliestOffsetAreDeleted() throws IOException {
    memory.append("a", "b", "c", "d", "e");

    memory.reopen(4);

    assertThat(memory.bases()).containsExactly(4L);
    assertThat(memory.folder().names()).hasSize(2);
  }

  @Test
  void anIndexThatATrimLeftBehindIsDeleted() throws IOException {
    memory.append("a", "b", "c");
    byte[] left = memory.disk().content(index(0));
    memory.log().trim(2, TIME);
    memory.disk().put(index(0), left);

    memory.reopen(2);

    assertThat(memory.disk().exists(index(0))).isFalse();
  }

  @Test
  void anEarliestOffsetBeyondTheEndIsTheEnd() throws IOException {
    memory.append("a");

    memory.reopen(5);

    assertThat(memory.log().extent().earliestOffset()).isEqualTo(1);
    assertThat(memory.append("b")).isEqualTo(1);
    assertThat(memory.values()).containsExactly("b");
  }

  @Test
  void timeGoesOnFromTheLastRecordThoughItIsTrimmed() throws IOException {
    memory.appendAt(TIME + 5, "a");
    memory.log().trim(1, TIME + 5);

    memory.reopen(1);

    assertThat(memory.log().timeAt(TIME)).isEqualTo(TIME + 5);
  }

  @Test
  void aTornTailIsCutOffAndWrittenOver() throws IOException {
    memory.append("a");
    memory.folder().add(store(0), (byte) 0, (byte) 0, (byte) 0, (byte) 22, (byte) 12);

    memory.reopenAfterAKill();

    assertThat(memory.folder().size(store(0))).isEqualTo(66);
    assertThat(memory.append("b")).isEqualTo(1);
    assertThat(memory.values()).containsExactly("a", "b");
  }

  @Test
  void aBatchWhoseEndWasNotWrittenGoesFromAllItsSegments() throws IOException {
    memory.append("a");
    memory.begin("b", "c", "d", "e", "f");

    memory.reopenAfterAKill();

    assertThat(memory.values()).containsExactly("a");
    assertThat(memory.bases()).containsExactly(0L);
  }

  @Test
  void aProducersBatchThatTheJournalDoesNotNameGoesFromAllItsSegments() throws IOException {
    memory.append("a");
    var _ = memory.log().append(records("b", "c"), true, TIME, TWO_RECORDS);
    memory.log().write(true);

    memory.reopenAfterAKill();

    assertThat(memory.values()).containsExactly("a");
    assertThat(memory.bases()).containsExactly(0L);
  }

  @Test
  void aSegmentThatWasBeingCreatedIsTakenBack() throws IOException {
    memory.append("a", "b");
    Index.create(memory.disk(), index(2), 2).close();

    memory.reopenAfterAKill();

    assertThat(memory.disk().exists(index(2))).isFalse();
    assertThat(memory.append("c")).isEqualTo(2);
  }

  @Test
  void aLogThatWasBeingCreatedIsCreatedAgain() throws IOException {
    memory.folder().cut(store(0), 10);

    memory.reopenAfterAKill();

    assertThat(memory.append("a")).isEqualTo(0);
  }

  @Test
  void aSyncedRecordThatIsDamagedIsToldAndNoAppendIsTaken() throws IOException {
    memory.append("a");
    memory.append("b");
    memory.folder().flip(store(0), 66 + 25);

    memory.reopenAfterAKill();

    assertThat(memory.log().failure()).isInstanceOf(DamageException.class);
    assertThatThrownBy(() -> memory.append("c")).isInstanceOf(LogFailedException.class);
    assertThat(memory.reader().read(0).record()).isEqualTo(MemoryFolder.record("a"));
  }

  @Test
  void aLastStoreThatIsMissingIsToldAndNoAppendIsTaken() throws IOException {
    memory.append("a", "b", "c");
    memory.folder().delete(store(2));

    memory.reopenAfterAKill();

    assertThat(memory.log().failure()).hasMessageContaining("expected a store, found no file");
    assertThat(memory.reader().read(1).record()).isEqualTo(MemoryFolder.record("b"));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 2})
  void aSealedStoreThatIsMissingIsToldWhereItIsRead(long base) throws IOException {
    memory.append("a", "b", "c", "d", "e");
    memory.folder().delete(store(base));

    memory.reopen();

    assertThat(memory.log().failure()).isNull();
    assertThatThrownBy(() -> memory.reader().read(base + 1)).isInstanceOf(DamageException.class);
    assertThat(memory.reader().read(4).record()).isEqualTo(MemoryFolder.record("e"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSealedStoreThatIsMissingTakesNoOtherAlong(boolean withIndex) throws IOException {
    memory.append("a", "b", "c", "d", "e");
    memory.folder().delete(store(2));
    if (withIndex) {
      memory.folder().delete(index(2));
    }

    memory.reopen();

    assertThat(memory.reader().read(0).record()).isEqualTo(MemoryFolder.record("a"));
    assertThat(memory.reader().read(1).record()).isEqualTo(MemoryFolder.record("b"));
    assertThatThrownBy(() -> memory.reader().read(2))
        .isInstanceOf(DamageException.class)
        .hasMessageContaining("2.store")
        .hasMessageContaining("expected a store, found no file");
  }

  @Test
  void aDamagedSegmentBeforeOneThatIsMissingIsTold() throws IOException {
    memory.append("a", "b", "c", "d", "e");
    memory.folder().delete(store(2));
    memory.folder().flip(store(0), 66 + 25);

    memory.reopen();

    assertThatThrownBy(() -> memory.reader().read(1)).isInstanceOf(DamageException.class);
  }

  /** A footer from before the segment went on is no reason to lose what came then. */
  @Test
  void aFooterThatSaysLessThanItsStoreHasIsMadeAgain() throws IOException {
    memory.append("a", "b", "c", "d", "e");
    for (Path path : List.of(store(0), store(2), index(2))) {
      memory.folder().delete(path);
    }
    memory.folder().writeStore(0, "a", "b", "c", "d");

    memory.reopen();

    assertThat(memory.values()).containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void aStoreOfANewerVersionIsRefused() throws IOException {
    memory.folder().write(store(0), 11, (byte) 2);

    assertThatThrownBy(memory::reopenAfterAKill)
        .isInstanceOf(DamageException.class)
        .hasMessageContaining("0.store is damaged at position 8")
        .hasMessageContaining("newer Dislog");
  }

  @Test
  void anIndexOfANewerVersionIsRefused() throws IOException {
    memory.folder().write(index(0), 11, (byte) 2);

    assertThatThrownBy(memory::reopenAfterAKill)
        .isInstanceOf(DamageException.class)
        .hasMessageContaining("0.index is damaged at position 8");
  }

  @Test
  void aFooterOfANewerVersionIsRefused() throws IOException {
    memory.append("a", "b", "c");
    memory.folder().write(index(0), 32 + 2 * 16 + 11, (byte) 2);

    assertThatThrownBy(memory::reopenAfterAKill)
        .isInstanceOf(DamageException.class)
        .hasMessageContaining("0.index is damaged at position 72");
  }

  @Test
  void whatWasBeingDeletedIsDeleted() throws IOException {
    Path removed = SegmentName.removed(store(0));
    memory.disk().put(removed, new byte[100]);

    memory.reopen();

    assertThat(memory.disk().exists(removed)).isFalse();
  }

  @Test
  void filesOfOthersStay() throws IOException {
    Path other = PATH.resolve("0.store");
    memory.disk().put(other, new byte[100]);

    memory.reopen();

    assertThat(memory.disk().exists(other)).isTrue();
  }
}

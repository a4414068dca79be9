package io.dislog.log;

import static io.dislog.log.MemoryFolder.PATH;
import static io.dislog.log.MemoryFolder.TIME;
import static io.dislog.log.MemoryFolder.index;
import static io.dislog.log.MemoryFolder.record;
import static io.dislog.log.MemoryFolder.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.disk.DamageException;
import io.dislog.disk.Fault;
import io.dislog.disk.Fault.Kind;
import io.dislog.disk.FaultyDisk;
import io.dislog.log.ActiveRecovery.Outcome;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the last segment: what was forced is kept or told, and the rest is cut off. */
final class ActiveRecoveryTest {

  private static final int RECORD_BYTES = Frame.HEAD_BYTES + 1;
  private static final int END_OF_TWO = Store.HEADER_BYTES + 2 * RECORD_BYTES;
  private static final int INTO_THE_VALUE = 25;

  private MemoryFolder folder;
  private SegmentWriter writer;

  @BeforeEach
  void createSegment() throws IOException {
    folder = new MemoryFolder();
    writer = SegmentWriter.create(folder.resources(), PATH, new Store.Header(0, TIME, 0));
  }

  @Test
  void aSoundSegmentGoesOnAsItIs() throws IOException {
    settle(true, 0, 0);

    assertThat(goingOn(false).contents())
        .isEqualTo(new Segment.Contents(2, END_OF_TWO, 2, TIME, TIME, false));
  }

  @Test
  void aTornFrameIsCutOff() throws IOException {
    settle(true, 0, 0);
    writeUnsettled(0);
    folder.cut(store(0), END_OF_TWO + RECORD_BYTES - 1);

    assertThat(goingOn(false).endOffset()).isEqualTo(2);
    assertThat(folder.size(store(0))).isEqualTo(END_OF_TWO);
  }

  @Test
  void aWholeBatchWithoutEntriesIsKeptAndGetsThem() throws IOException {
    settle(true, 0);
    writeUnsettled(0);

    assertThat(goingOn(false).endOffset()).isEqualTo(2);
    assertThat(storedIndex().says(1, END_OF_TWO - RECORD_BYTES, 1, TIME)).isTrue();
  }

  @Test
  void aBatchWithoutItsEndIsCutOffThoughItIsSynced() throws IOException {
    settle(true, 0, Frame.BATCH_GOES_ON);

    assertThat(goingOn(false).endOffset()).isEqualTo(1);
    assertThat(storedIndex().says(1, 0, 0, 0)).isTrue();
  }

  @Test
  void aProducersBatchThatTheJournalNamesIsKept() throws IOException {
    settle(true, 0, Frame.PRODUCED);

    assertThat(goingOn(true).endOffset()).isEqualTo(2);
  }

  @Test
  void aProducersBatchThatTheJournalDoesNotNameIsCutOffWithAllBehind() throws IOException {
    settle(true, 0, Frame.PRODUCED, 0);

    assertThat(goingOn(false).endOffset()).isEqualTo(1);
  }

  @Test
  void aSyncedRecordThatIsWrongIsDamageAndNothingIsCut() throws IOException {
    settle(true, 0, 0, 0);
    folder.flip(store(0), Store.HEADER_BYTES + RECORD_BYTES + INTO_THE_VALUE);

    assertThat(damage())
        .hasMessageContaining(
            "00000000000000000000.store is damaged at position 66: expected check");
    assertThat(folder.size(store(0))).isEqualTo(END_OF_TWO + RECORD_BYTES);
  }

  @Test
  void aSyncedRecordThatIsMissingIsDamage() throws IOException {
    settle(true, 0, 0);
    folder.cut(store(0), END_OF_TWO - RECORD_BYTES);

    assertThat(damage()).hasMessageContaining("expected record 1, found the end");
  }

  @Test
  void soundRecordsOfADamagedSegmentAreReadAndOthersAreNot() throws IOException {
    settle(true, 0, 0, 0);
    folder.flip(store(0), Store.HEADER_BYTES + RECORD_BYTES + INTO_THE_VALUE);
    Outcome.Damaged damaged = (Outcome.Damaged) recover(false);

    try (SegmentReader reader = Objects.requireNonNull(damaged.segment().read())) {
      assertThat(reader.endOffset()).isEqualTo(3);
      assertThat(reader.read(0).record()).isEqualTo(record("v"));
      assertThat(reader.soundUntil(0, 3)).isEqualTo(1);
      assertThatThrownBy(() -> reader.read(1)).isInstanceOf(DamageException.class);
      assertThat(reader.read(2).record()).isEqualTo(record("v"));
    }
  }

  @Test
  void aRecordThatIsNotSyncedIsCutOffWhereItIsWrong() throws IOException {
    settle(false, 0, 0, 0);
    folder.flip(store(0), Store.HEADER_BYTES + RECORD_BYTES + INTO_THE_VALUE);

    assertThat(goingOn(false).endOffset()).isEqualTo(1);
    assertThat(storedIndex().says(1, 0, 0, 0)).isTrue();
  }

  @Test
  void withoutAnIndexASoundFrameBehindAWrongOneIsDamage() throws IOException {
    settle(true, 0, 0, 0);
    folder.delete(index(0));
    folder.flip(store(0), Store.HEADER_BYTES + RECORD_BYTES + INTO_THE_VALUE);

    assertThat(damage()).hasMessageContaining("is damaged at position 66");
  }

  @Test
  void withoutAnIndexAWrongLastFrameIsATornTail() throws IOException {
    settle(true, 0, 0);
    folder.delete(index(0));
    folder.flip(store(0), Store.HEADER_BYTES + RECORD_BYTES + INTO_THE_VALUE);

    assertThat(goingOn(false).endOffset()).isEqualTo(1);
  }

  @Test
  void aMissingIndexIsRebuilt() throws IOException {
    settle(true, 0, 0);
    byte[] before = folder.disk().content(index(0));
    folder.delete(index(0));

    assertThat(goingOn(false).endOffset()).isEqualTo(2);
    assertThat(folder.disk().content(index(0))).isEqualTo(before);
  }

  @Test
  void anIndexWithADamagedHeaderIsRebuilt() throws IOException {
    settle(true, 0, 0);
    byte[] before = folder.disk().content(index(0));
    folder.flip(index(0), 0);

    assertThat(goingOn(false).endOffset()).isEqualTo(2);
    assertThat(folder.disk().content(index(0))).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(longs = {32 + 4, 32 + 9, 32 + 15})
  void anEntryThatIsWrongIsMended(long flipped) throws IOException {
    settle(true, 0, 0);
    byte[] before = folder.disk().content(index(0));
    folder.flip(index(0), flipped);

    assertThat(goingOn(false).endOffset()).isEqualTo(2);
    assertThat(folder.disk().content(index(0))).isEqualTo(before);
  }

  @Test
  void aSegmentWhoseCreationHadNotEndedIsGone() throws IOException {
    folder.cut(store(0), Store.HEADER_BYTES - 1);

    assertThat(recover(false)).isInstanceOf(Outcome.Absent.class);
    assertThat(folder.names()).isEmpty();
  }

  @Test
  void aDamagedHeaderBeforeSyncedRecordsIsDamage() throws IOException {
    settle(true, 0);
    folder.flip(store(0), 0);

    assertThat(damage()).hasMessageContaining("expected magic DSLGSTOR");
  }

  @Test
  void aSoundSegmentIsCutBackToAnOffsetInABatch() throws IOException {
    settle(true, Frame.BATCH_GOES_ON, Frame.BATCH_GOES_ON, 0);

    SegmentWriter reopened = ActiveRecovery.reopen(2, folder.resources(), PATH, 0);

    assertThat(reopened.endOffset()).isEqualTo(2);
    assertThat(folder.size(store(0))).isEqualTo(END_OF_TWO);
  }

  @Test
  void aPowerCutDuringRecoveryIsRecoveredFrom() throws IOException {
    for (int operation = 1; operation <= 12; operation++) {
      FaultyDisk disk = new FaultyDisk(operation);
      folder = new MemoryFolder(disk);
      createTornTailOn(disk);
      disk.plan(Fault.of(Kind.TEAR, disk.operations() + operation));
      try {
        recover(false);
      } catch (IOException e) {
        assertThat(e).hasMessage("the power is off");
      }
      folder = new MemoryFolder(disk.afterPowerCut());

      assertThat(goingOn(false).endOffset()).as("operation %d", operation).isEqualTo(2);
    }
  }

  /** Two records that are kept, and a batch without its end. */
  private void createTornTailOn(FaultyDisk disk) throws IOException {
    writer = SegmentWriter.create(folder.resources(), PATH, new Store.Header(0, TIME, 0));
    settle(true, 0, 0, Frame.BATCH_GOES_ON);
    folder.add(store(0), new byte[100]);
    writer.force();
    disk.forceFolder(PATH);
  }

  /** Appends records with these flags, shown to readers, forced or not. */
  private void settle(boolean force, int... flags) throws IOException {
    append(flags);
    writer.write(force);
    writer.settle();
  }

  /** Appends records with these flags that are forced and have no entries in the index. */
  private void writeUnsettled(int... flags) throws IOException {
    append(flags);
    writer.write(true);
  }

  private void append(int... flags) throws IOException {
    for (int flag : flags) {
      writer.append(record("v"), flag, TIME);
    }
  }

  private Outcome recover(boolean journaled) throws IOException {
    return new ActiveRecovery(folder.resources(), PATH, 0, offset -> journaled).run();
  }

  private Segment goingOn(boolean journaled) throws IOException {
    return ((Outcome.GoesOn) recover(journaled)).writer().segment();
  }

  private DamageException damage() throws IOException {
    return ((Outcome.Damaged) recover(false)).damage();
  }

  private Index storedIndex() throws IOException {
    return Objects.requireNonNull(Index.open(folder.disk(), index(0), 0));
  }
}

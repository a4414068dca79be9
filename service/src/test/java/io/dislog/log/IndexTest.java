package io.dislog.log;

import static io.dislog.log.MemoryFolder.TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.disk.DamageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an index finds, by offset and by time, and what it refuses to be opened with. */
final class IndexTest {

  private static final long BASE = 10;
  private static final Path INDEX = MemoryFolder.index(BASE);
  private static final Store.Header HEADER = new Store.Header(BASE, TIME, TIME - 1);

  private MemoryFolder folder;
  private Index index;

  @BeforeEach
  void create() throws IOException {
    folder = new MemoryFolder();
    index = Index.create(folder.disk(), INDEX, BASE);
  }

  @Test
  void anEntryIsFoundAsItWasPut() {
    index.put(40, 0, TIME);
    index.put(66, 1, TIME + 1);

    assertThat(List.of(index.position(1), index.valueBytesBefore(1), index.time(1)))
        .containsExactly(66L, 1L, TIME + 1);
  }

  @Test
  void anEntryHoldsTheLargestNumbers() {
    long most40 = (1L << 40) - 1;
    long most48 = (1L << 48) - 1;
    index.put(most40, 0, 0);
    index.put(0, most40, 0);
    index.put(0, 0, most48);

    assertThat(index.says(0, most40, 0, 0)).isTrue();
    assertThat(index.says(1, 0, most40, 0)).isTrue();
    assertThat(index.says(2, 0, 0, most48)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"41, 0, 5", "40, 1, 5", "40, 0, 6"})
  void anEntrySaysNothingElse(long position, long valueBytesBefore, long time) {
    index.put(40, 0, 5);

    assertThat(index.says(0, position, valueBytesBefore, time)).isFalse();
  }

  @Test
  void anEntryBeyondTheFileSaysNothing() {
    assertThat(index.says(1 << 20, 0, 0, 0)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"9, 0", "10, 0", "11, 1", "20, 1", "21, 3", "30, 3", "31, 4"})
  void aTimeFindsTheFirstEntryAtOrAfterIt(long time, int entry) {
    putTimes(10, 20, 20, 30);

    assertThat(index.firstAtOrAfter(time, 4)).isEqualTo(entry);
  }

  @Test
  void aTimeFindsNoEntryBehindThoseAskedFor() {
    putTimes(10, 20, 30);

    assertThat(index.firstAtOrAfter(31, 2)).isEqualTo(2);
  }

  @Test
  void moreEntriesThanTheFirstRoomAreKept() throws IOException {
    for (int entry = 0; entry < 5000; entry++) {
      index.reserve(1);
      index.put(40 + entry, entry, TIME);
    }

    for (int entry = 0; entry < 5000; entry++) {
      assertThat(index.says(entry, 40 + entry, entry, TIME)).as("entry %d", entry).isTrue();
    }
  }

  @Test
  void entriesAreTakenBackFromOneOn() {
    putTimes(10, 20, 30);

    assertThat(index.truncate(1)).isTrue();
    assertThat(index.count()).isEqualTo(1);
    assertThat(index.says(0, 40, 0, 10)).isTrue();
    assertThat(index.says(1, 0, 0, 0)).isTrue();
    assertThat(index.says(2, 0, 0, 0)).isTrue();
  }

  @Test
  void whereNoEntriesAreNoneAreTakenBack() {
    putTimes(10, 20);

    assertThat(index.truncate(2)).isFalse();
  }

  @Test
  void syncedEntriesAreCountedUpToTheFirstGap() {
    putTimes(10, 20, 30);

    assertThat(index.syncedFrom(0, 40)).isEqualTo(3);
    assertThat(index.syncedFrom(1, 41)).isEqualTo(2);
  }

  @Test
  void entriesOfAnotherPositionAreNotCountedAsSynced() {
    putTimes(10, 20, 30);

    assertThat(index.syncedFrom(0, 39)).isZero();
  }

  @Test
  void anIndexIsSyncedUntilItSaysOtherwise() throws IOException {
    assertThat(index.isSynced()).isTrue();

    index.markSynced(false);

    assertThat(index.isSynced()).isFalse();
    assertThat(reopened().isSynced()).isFalse();
  }

  @Test
  void entriesAreThereWhenTheIndexIsOpenedAgain() throws IOException {
    putTimes(10, 20);

    Index found = reopened();

    assertThat(found.count()).isZero(); // Until whoever read the store exposes them.
    assertThat(found.says(1, 41, 1, 20)).isTrue();
  }

  @Test
  void anIndexThatWasCutInAnEntryIsOpenedWithTheEntriesBefore() throws IOException {
    putTimes(10, 20);
    folder.cut(INDEX, 32 + 16 + 8);

    Index found = reopened();

    assertThat(found.says(0, 40, 0, 10)).isTrue();
    assertThat(found.says(1, 0, 0, 0)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 11, 15, 23, 31})
  void aDamagedHeaderIsNotOpened(long flipped) throws IOException {
    folder.flip(INDEX, flipped);

    assertThat(open()).isNull();
  }

  @Test
  void theIndexOfAnotherBaseOffsetIsNotOpened() throws IOException {
    assertThat(Index.open(folder.disk(), INDEX, BASE + 1)).isNull();
  }

  @Test
  void theFooterSaysWhatTheSegmentHolds() throws IOException {
    putTimes(10, 20);

    IndexFooter sealed = index.seal(500, 7, HEADER);

    assertThat(sealed)
        .isEqualTo(new IndexFooter(2, 500, 7, TIME, TIME - 1, 10, 20, sealed.entriesChecksum()));
    assertThat(footer()).isEqualTo(sealed);
  }

  @Test
  void theFooterOfAnEmptyIndexHasNoTimes() throws IOException {
    IndexFooter sealed = index.seal(40, 0, HEADER);

    assertThat(List.of(sealed.firstTime(), sealed.lastTime())).containsExactly(-1L, -1L);
  }

  @Test
  void aSealedIndexIsCutToSize() throws IOException {
    putTimes(10, 20);

    index.seal(500, 7, HEADER);

    assertThat(folder.size(INDEX)).isEqualTo(32 + 2 * 16 + 80);
  }

  @Test
  void aSealedIndexHasItsEntries() throws IOException {
    putTimes(10, 20);
    index.seal(500, 7, HEADER);

    try (Index sealed = openSealed()) {
      assertThat(sealed.count()).isEqualTo(2);
      assertThat(sealed.says(1, 41, 1, 20)).isTrue();
    }
  }

  @Test
  void aSealedIndexWithADamagedEntryIsRefused() throws IOException {
    putTimes(10, 20);
    index.seal(500, 7, HEADER);
    folder.flip(INDEX, 32 + 16 + 15);

    assertThatThrownBy(this::openSealed)
        .isInstanceOf(DamageException.class)
        .hasMessageContaining("position 32: expected entries as sealed");
  }

  @Test
  void aSealedIndexWithoutAllItsEntriesIsRefused() throws IOException {
    putTimes(10, 20);
    IndexFooter footer = index.seal(500, 7, HEADER);
    folder.cut(INDEX, 63);

    assertThatThrownBy(() -> Index.openSealed(folder.disk(), INDEX, footer))
        .isInstanceOf(DamageException.class)
        .hasMessageContaining("position 63: expected 64 bytes of entries");
  }

  @Test
  void anIndexThatIsNotSealedHasNoFooter() throws IOException {
    putTimes(10, 20);

    assertThat(footer()).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 31, 32 + 16, 32 + 16 + 79})
  void aDamagedHeaderOrFooterIsNoFooter(long flipped) throws IOException {
    putTimes(10);
    index.seal(500, 7, HEADER);
    folder.flip(INDEX, flipped);

    assertThat(footer()).isNull();
  }

  @Test
  void aFooterThatCountsOtherEntriesIsNone() throws IOException {
    putTimes(10, 20);
    byte[] two = sealed();
    folder.cut(INDEX, 32 + 16);
    folder.add(INDEX, Arrays.copyOfRange(two, 32 + 2 * 16, two.length));

    assertThat(footer()).isNull();
  }

  private byte[] sealed() throws IOException {
    index.seal(500, 7, HEADER);
    return folder.disk().content(INDEX);
  }

  /** Puts entries of records with one byte each, which stand side by side. */
  private void putTimes(long... times) {
    for (int entry = 0; entry < times.length; entry++) {
      index.put(40 + entry, entry, times[entry]);
    }
  }

  private @Nullable Index open() throws IOException {
    return Index.open(folder.disk(), INDEX, BASE);
  }

  private Index reopened() throws IOException {
    return Objects.requireNonNull(open());
  }

  private Index openSealed() throws IOException {
    return Index.openSealed(folder.disk(), INDEX, Objects.requireNonNull(footer()));
  }

  private @Nullable IndexFooter footer() throws IOException {
    return IndexFooter.read(folder.disk(), INDEX, BASE);
  }
}

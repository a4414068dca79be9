package io.dislog.log;

import static io.dislog.log.MemoryFolder.TIME;
import static io.dislog.log.MemoryFolder.frameSize;
import static io.dislog.log.MemoryFolder.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.disk.Flaw;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a scan reads of a store that is sound, torn or damaged, and where it stops. */
final class StoreScanTest {

  private static final long BASE = 10;
  private static final Path STORE = MemoryFolder.store(BASE);
  private static final int FIRST_AT = Store.HEADER_BYTES;
  private static final int SECOND_AT = FIRST_AT + frameSize("a");
  private static final int CHUNK_BYTES = 256 << 10;

  private MemoryFolder folder;

  @BeforeEach
  void createFolder() throws IOException {
    folder = new MemoryFolder();
  }

  @Test
  void everyFrameIsReadInItsPlace() throws IOException {
    folder.writeStore(BASE, "a", "bcd");
    try (StoreScan scan = scan()) {
      List<String> read = new ArrayList<>();
      while (scan.next()) {
        read.add(
            "%d: %d to %d, value of %d"
                .formatted(
                    scan.nextOffset() - 1, scan.position(), scan.endPosition(), scan.valueSize()));
      }

      assertThat(read).containsExactly("10: 40 to 66, value of 1", "11: 66 to 94, value of 3");
      assertThat(scan.flaw()).isNull();
    }
  }

  @Test
  void anEmptyStoreEndsBehindItsHeaderWithoutAFlaw() throws IOException {
    folder.writeStore(BASE);
    try (StoreScan scan = scan()) {
      assertThat(scan.next()).isFalse();
      assertThat(scan.flaw()).isNull();
      assertThat(scan.endPosition()).isEqualTo(FIRST_AT);
    }
  }

  @Test
  void theHeaderIsRead() throws IOException {
    folder.writeStore(BASE);
    try (StoreScan scan = scan()) {
      assertThat(scan.header()).isEqualTo(new Store.Header(BASE, TIME, TIME));
    }
  }

  @Test
  void theFlagsOfTheFrameAreTold() throws IOException {
    writeStore(store -> {
      store.append(record("a"), Frame.BATCH_GOES_ON, BASE, TIME);
      store.append(record("b"), Frame.PRODUCED, BASE + 1, TIME);
    });
    try (StoreScan scan = scan()) {
      assertThat(scan.next()).isTrue();
      assertThat(List.of(scan.batchGoesOn(), scan.produced())).containsExactly(true, false);
      assertThat(scan.next()).isTrue();
      assertThat(List.of(scan.batchGoesOn(), scan.produced())).containsExactly(false, true);
    }
  }

  @Test
  void aFrameLargerThanAChunkIsReadWhole() throws IOException {
    folder.writeStore(BASE, "a", "b".repeat(CHUNK_BYTES + 1), "c");

    assertThat(soundFrames()).isEqualTo(3);
  }

  @Test
  void framesAcrossTheEndOfAChunkAreRead() throws IOException {
    String third = "x".repeat(CHUNK_BYTES / 3);
    folder.writeStore(BASE, third, third, third, third, third, third, third);

    assertThat(soundFrames()).isEqualTo(7);
  }

  @Test
  void aDamagedHeaderIsAFlawAndNothingIsRead() throws IOException {
    folder.writeStore(BASE, "a");
    folder.flip(STORE, 0);
    try (StoreScan scan = scan()) {
      assertThat(scan.flaw()).isEqualTo(new Flaw("magic DSLGSTOR", "other bytes"));
      assertThat(scan.header()).isNull();
      assertThat(scan.next()).isFalse();
    }
  }

  @Test
  void aStoreOfAnotherBaseOffsetIsAFlaw() throws IOException {
    folder.writeStore(BASE, "a");
    try (StoreScan scan = new StoreScan(folder.disk(), STORE, BASE + 1)) {
      assertThat(scan.flaw()).isEqualTo(new Flaw("base offset 11", "10"));
    }
  }

  @Test
  void aTornHeaderIsAFlaw() throws IOException {
    folder.writeStore(BASE);
    folder.cut(STORE, 39);
    try (StoreScan scan = scan()) {
      assertThat(scan.flaw()).isEqualTo(new Flaw("a header of 40 bytes", "39 bytes"));
    }
  }

  @Test
  void aTornLengthIsAFlawBehindTheLastSoundFrame() throws IOException {
    folder.writeStore(BASE, "a", "b");
    folder.cut(STORE, SECOND_AT + 3);

    assertStopsAtSecond(new Flaw("a frame's length", "3 bytes"));
  }

  @Test
  void aTornFrameIsAFlawBehindTheLastSoundFrame() throws IOException {
    folder.writeStore(BASE, "a", "b");
    folder.cut(STORE, SECOND_AT + 25);

    assertStopsAtSecond(new Flaw("a frame of 26 bytes", "25 bytes"));
  }

  @Test
  void zerosBehindTheLastFrameAreAFlaw() throws IOException {
    folder.writeStore(BASE, "a");
    folder.add(STORE, new byte[100]);

    assertStopsAtSecond(new Flaw("a frame's length", "0"));
  }

  @Test
  void aFrameOfAnotherOffsetIsAFlaw() throws IOException {
    writeStore(store -> {
      store.append(record("a"), 0, BASE, TIME);
      store.append(record("b"), 0, BASE + 2, TIME);
    });

    assertStopsAtSecond(new Flaw("offset 11", "offset 12"));
  }

  @Test
  void aTimeThatGoesBackIsAFlaw() throws IOException {
    writeStore(store -> {
      store.append(record("a"), 0, BASE, TIME + 5);
      store.append(record("b"), 0, BASE + 1, TIME + 4);
    });

    assertStopsAtSecond(new Flaw("a time from " + (TIME + 5), "" + (TIME + 4)));
  }

  @Test
  void aTimeBelowTheFloorIsAFlaw() throws IOException {
    writeStore(store -> store.append(record("a"), 0, BASE, TIME - 1));
    try (StoreScan scan = scan()) {
      assertThat(scan.next()).isFalse();
      assertThat(scan.flaw()).isEqualTo(new Flaw("a time from " + TIME, "" + (TIME - 1)));
    }
  }

  @Test
  void aDamagedFrameInTheMiddleStopsTheScanForGood() throws IOException {
    folder.writeStore(BASE, "a", "b", "c");
    folder.flip(STORE, SECOND_AT + 25);
    try (StoreScan scan = scan()) {
      assertThat(scan.next()).isTrue();
      assertThat(scan.next()).isFalse();
      assertThat(scan.next()).isFalse();
      assertThat(scan.flaw()).extracting(Flaw::expected).asString().startsWith("checksum");
    }
  }

  @Test
  void aSoundFrameFollowsADamagedOne() throws IOException {
    folder.writeStore(BASE, "a", "b", "c");
    folder.flip(STORE, SECOND_AT + 25);

    assertThat(soundFrameFollows()).isTrue();
  }

  @Test
  void noSoundFrameFollowsATornTail() throws IOException {
    folder.writeStore(BASE, "a", "b", "c");
    folder.cut(STORE, folder.size(STORE) - 1);

    assertThat(soundFrameFollows()).isFalse();
  }

  @Test
  void aDamagedFrameBehindAFlawIsNoSoundOne() throws IOException {
    folder.writeStore(BASE, "a", "b", "c");
    folder.flip(STORE, SECOND_AT + 25);
    folder.flip(STORE, SECOND_AT + 26 + 25);

    assertThat(soundFrameFollows()).isFalse();
  }

  @Test
  void aTornFrameBehindAFlawIsNoSoundOne() throws IOException {
    folder.writeStore(BASE, "a", "b", "c");
    folder.flip(STORE, SECOND_AT + 25);
    folder.cut(STORE, folder.size(STORE) - 1);

    assertThat(soundFrameFollows()).isFalse();
  }

  @Test
  void aFrameOfAnEarlierRecordDoesNotFollow() throws IOException {
    writeStore(store -> {
      store.append(record("a"), 0, BASE, TIME);
      store.append(record("b"), 0, BASE + 1, TIME);
      store.append(record("a"), 0, BASE, TIME);
    });
    folder.flip(STORE, SECOND_AT + 25);

    assertThat(soundFrameFollows()).isFalse();
  }

  @Test
  void aSoundFrameIsFoundAcrossTheEndOfAWindow() throws IOException {
    // The window begins a byte behind the flaw; of the last frame it has ten bytes.
    String filler = "x".repeat(CHUNK_BYTES + 1 - 10 - Frame.HEAD_BYTES);
    folder.writeStore(BASE, "a", filler, "c");
    folder.flip(STORE, SECOND_AT + 25);

    assertThat(soundFrameFollows()).isTrue();
  }

  /** The second of two frames, or of one and something else. */
  private void assertStopsAtSecond(Flaw flaw) throws IOException {
    try (StoreScan scan = scan()) {
      assertThat(scan.next()).isTrue();
      assertThat(scan.next()).isFalse();
      assertThat(scan.flaw()).isEqualTo(flaw);
      assertThat(scan.position()).isEqualTo(SECOND_AT);
      assertThat(scan.nextOffset()).isEqualTo(BASE + 1);
    }
  }

  private int soundFrames() throws IOException {
    try (StoreScan scan = scan()) {
      int frames = 0;
      while (scan.next()) {
        frames++;
      }
      return frames;
    }
  }

  private boolean soundFrameFollows() throws IOException {
    try (StoreScan scan = scan()) {
      while (scan.next()) {
        // On to the flaw.
      }
      return scan.soundFrameFollows();
    }
  }

  private StoreScan scan() throws IOException {
    return new StoreScan(folder.disk(), STORE, BASE);
  }

  private void writeStore(Appends appends) throws IOException {
    try (Store store =
        Store.create(folder.resources(), STORE, new Store.Header(BASE, TIME, TIME))) {
      appends.to(store);
      store.force();
    }
  }

  private interface Appends {
    void to(Store store) throws IOException;
  }
}

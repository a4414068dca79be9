package io.dislog.log;

import static io.dislog.log.MemoryFolder.PATH;
import static io.dislog.log.MemoryFolder.index;
import static io.dislog.log.MemoryFolder.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.disk.DamageException;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sealed segment's index that is missing or wrong is rebuilt as it was, from a sound store. */
final class SealedIndexRepairTest {

  private MemoryLog memory;
  private byte[] sealed;

  /** A sealed segment of two records, and an active one of one. */
  @BeforeEach
  void appendThree() throws IOException {
    memory = new MemoryLog();
    memory.append("a", "b", "c");
    sealed = memory.disk().content(index(0));
  }

  @Test
  void anIndexThatIsMissingIsRebuiltWhenTheLogIsOpened() throws IOException {
    memory.folder().delete(index(0));

    memory.reopen();

    assertThat(memory.disk().content(index(0))).isEqualTo(sealed);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 31, 32 + 2 * 16, 32 + 2 * 16 + 79})
  void anIndexWithADamagedHeaderOrFooterIsRebuiltWhenTheLogIsOpened(long flipped)
      throws IOException {
    memory.folder().flip(index(0), flipped);

    memory.reopen();

    assertThat(memory.disk().content(index(0))).isEqualTo(sealed);
  }

  @Test
  void anIndexThatWasNotSealedIsRebuiltWhenTheLogIsOpened() throws IOException {
    memory.folder().cut(index(0), 32 + 2 * 16);

    memory.reopen();

    assertThat(memory.disk().content(index(0))).isEqualTo(sealed);
  }

  @Test
  void anIndexThatCountsOtherRecordsIsRebuiltWhenTheLogIsOpened() throws IOException {
    MemoryLog shorter = new MemoryLog();
    shorter.append("a");
    assertThat(shorter.log().seal(MemoryFolder.TIME)).isTrue();
    memory.disk().put(index(0), shorter.disk().content(index(0)));

    memory.reopen();

    assertThat(memory.disk().content(index(0))).isEqualTo(sealed);
  }

  @Test
  void anIndexWithADamagedEntryIsRebuiltWhenItIsRead() throws IOException {
    memory.folder().flip(index(0), 32 + 16 + 15);

    assertThat(memory.reader().read(1).record()).isEqualTo(MemoryFolder.record("b"));
    assertThat(memory.disk().content(index(0))).isEqualTo(sealed);
  }

  @Test
  void anIndexThatIsMissingIsRebuiltWhenItIsRead() throws IOException {
    memory.folder().delete(index(0));

    assertThat(memory.reader().read(1).record()).isEqualTo(MemoryFolder.record("b"));
    assertThat(memory.disk().content(index(0))).isEqualTo(sealed);
  }

  @Test
  void aDamagedStoreGetsNoIndex() throws IOException {
    memory.folder().delete(index(0));
    memory.folder().flip(store(0), 66 + 25);

    assertThatThrownBy(() -> SealedIndexRepair.run(memory.folder().resources(), PATH, 0, 2))
        .isInstanceOf(DamageException.class)
        .hasMessageContaining("is damaged at position 66: expected checksum");
    assertThat(memory.disk().exists(index(0))).isFalse();
  }

  @Test
  void aStoreThatEndsTooSoonGetsNoIndex() throws IOException {
    memory.folder().cut(store(0), 66);

    assertThatThrownBy(() -> SealedIndexRepair.run(memory.folder().resources(), PATH, 0, 2))
        .isInstanceOf(DamageException.class)
        .hasMessageContaining("expected record 1, found the end");
  }

  @Test
  void whatStandsBehindTheSegmentsEndIsCutOff() throws IOException {
    memory.folder().delete(index(0));
    memory.folder().add(store(0), new byte[100]);

    IndexFooter footer = SealedIndexRepair.run(memory.folder().resources(), PATH, 0, 2);

    assertThat(footer.count()).isEqualTo(2);
    assertThat(memory.folder().size(store(0))).isEqualTo(92);
  }
}

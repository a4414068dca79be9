package io.dislog.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class WordsTest {

  @Test
  void constantsAreAskedForByTheirWords() {
    assertThat(Words.named(RowGroup.class, "idle-cluster,reads", "there are no rows"))
        .containsExactly(RowGroup.READS, RowGroup.IDLE_CLUSTER);
  }

  @Test
  void aWordThatNamesNoneIsRefused() {
    assertThatThrownBy(() -> Words.named(RowGroup.class, "reads,rows", "there are no rows"))
        .hasMessageStartingWith("there are no rows 'rows', but appends, bytes, ");
  }
}

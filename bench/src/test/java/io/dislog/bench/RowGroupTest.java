package io.dislog.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RowGroupTest {

  @Test
  void groupsAreAskedForByTheirWords() {
    assertThat(RowGroup.named("idle-cluster,reads"))
        .containsExactly(RowGroup.READS, RowGroup.IDLE_CLUSTER);
  }

  @Test
  void aWordThatNamesNoneIsRefused() {
    assertThatThrownBy(() -> RowGroup.named("reads,rows"))
        .hasMessageStartingWith("there are no rows 'rows', but appends, bytes, ");
  }
}

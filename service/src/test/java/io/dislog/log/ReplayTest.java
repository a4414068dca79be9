package io.dislog.log;

import static io.dislog.log.MemoryFolder.TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is appended again is passed over, batch by batch, up to the log's end. */
final class ReplayTest {

  private MemoryLog memory;
  private Replay replay;

  /** Offsets 0 to 4, with a millisecond from one to the next. */
  @BeforeEach
  void appendFive() throws IOException {
    memory = new MemoryLog();
    for (int i = 0; i < 5; i++) {
      memory.appendAt(TIME + i, "v");
    }
    replay = new Replay(memory.reader());
  }

  @Test
  void nothingIsReplayedAtFirst() {
    assertThat(replay.isOver()).isTrue();
  }

  @Test
  void fromTheEndOnNothingIsReplayed() {
    replay.begin(5, 5);

    assertThat(replay.isOver()).isTrue();
  }

  @Test
  void aBatchIsPassedOverAtItsOffset() throws IOException {
    replay.begin(1, 5);

    assertThat(replay.pass(2)).isEqualTo(1);
    assertThat(replay.next()).isEqualTo(3);
  }

  @Test
  void replayEndsWithTheLog() throws IOException {
    replay.begin(3, 5);

    assertThat(replay.pass(2)).isEqualTo(3);
    assertThat(replay.isOver()).isTrue();
  }

  @Test
  void aBatchThatTheLogHasInPartIsRefused() {
    replay.begin(3, 5);

    assertThatThrownBy(() -> replay.pass(3))
        .isInstanceOf(IOException.class)
        .hasMessage("a batch of 3 records is appended again at 3, and the log ends at 5");
  }

  @Test
  void theTimeIsThatOfTheFirstAppend() {
    replay.begin(3, 5);

    assertThat(replay.time()).isEqualTo(TIME + 3);
  }

  @Test
  void aRoundThatIsCutBackIsReplayedAgain() throws IOException {
    replay.begin(1, 5);
    replay.pass(1);
    replay.settle();
    replay.pass(3);
    replay.cutBack();

    assertThat(replay.next()).isEqualTo(2);
  }

  @Test
  void whatIsAppendedAgainIsNotWrittenTwice() throws IOException {
    memory.reopen();
    memory.log().replayFrom(4);

    assertThat(memory.log().writtenEnd()).isEqualTo(4);
    assertThat(memory.append("v")).isEqualTo(4);
    assertThat(memory.append("w")).isEqualTo(5);
    assertThat(memory.values()).containsExactly("v", "v", "v", "v", "v", "w");
  }
}

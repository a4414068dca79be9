package io.dislog.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** One round at a time has what came meanwhile, as far as it may. */
final class GatheringTest {

  private static final long MAX_BYTES = 10;

  private final List<List<String>> rounds = new CopyOnWriteArrayList<>();
  private final Gathering<String> gathering =
      new Gathering<>(MAX_BYTES, String::length, rounds::add);

  @Test
  void whatComesWhileARoundIsUnderWayGoesTogether() {
    gathering.add("a");
    awaitRounds(1);
    gathering.add("b");
    gathering.add("c");
    assertThat(rounds).hasSize(1);

    gathering.ended();

    awaitRounds(2);
    assertThat(rounds).containsExactly(List.of("a"), List.of("b", "c"));
  }

  @Test
  void aRoundTakesNoMoreThanItsBytesButAlwaysOne() {
    gathering.add("a");
    awaitRounds(1);
    List.of("b".repeat(6), "c".repeat(4), "d", "e".repeat(11)).forEach(gathering::add);

    for (int round = 2; round <= 4; round++) {
      gathering.ended();
      awaitRounds(round);
    }

    assertThat(rounds.stream().map(String::valueOf))
        .containsExactly("[a]", "[bbbbbb, cccc]", "[d]", "[eeeeeeeeeee]");
  }

  @Test
  void whereNothingWaitsTheNextRoundBeginsWithWhoeverComes() {
    gathering.add("a");
    awaitRounds(1);
    gathering.answered(1);
    gathering.ended();

    gathering.add("b");

    awaitRounds(2);
    assertThat(rounds).containsExactly(List.of("a"), List.of("b"));
  }

  private void awaitRounds(int count) {
    Await.until(() -> "%d rounds, not %s".formatted(count, rounds), () -> rounds.size() == count);
  }
}

package io.dislog.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checker finds every kind of fault that is planted, and nothing where there is none. */
final class CheckerTest {

  private static final int SEEDS = 40;
  private static final int RIGHT_SEEDS = 300;
  private static final int TRIES = 20;

  @Test
  void findsNothingWhereAllIsRightThoughManyCallsGotNoAnswer() {
    for (long seed = 0; seed < RIGHT_SEEDS; seed++) {
      RandomHistory history = new RandomHistory(seed);
      assertThat(Checker.check(history.all(), history.finals())).as("seed %d", seed).isEmpty();
      assertThat(history.entries).as("records, seed %d", seed).hasSizeGreaterThan(50);
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsWhatIsPlanted(PlantedFault planted) {
    for (long seed = 0; seed < SEEDS; seed++) {
      RandomHistory history = planted(planted, seed);
      assertThat(kinds(Checker.check(history.all(), history.finals())))
          .as("%s, seed %d", planted, seed)
          .contains(planted.kind());
    }
  }

  @Test
  void findsNodesThatDiffer() {
    RandomHistory history = new RandomHistory(1);
    List<FinalLog> finals = new ArrayList<>(history.finals());
    FinalLog last = finals.removeLast();
    List<Entry> entries = new ArrayList<>(last.entries());
    Entry end = entries.removeLast();
    entries.add(new Entry(end.offset(), end.time() + 1, end.value()));
    finals.add(new FinalLog(last.node(), last.log(), last.earliest(), last.end(), false, entries));
    assertThat(kinds(Checker.check(history.all(), finals))).containsExactly(Kind.NODES_DIFFER);
  }

  @Test
  void findsThatALogIsGone() {
    RandomHistory history = new RandomHistory(1);
    assertThat(kinds(Checker.check(history.operations, List.of()))).containsExactly(Kind.LOST);
  }

  @Test
  void everyKindIsPlanted() {
    Set<Kind> planted =
        List.of(PlantedFault.values()).stream().map(PlantedFault::kind).collect(Collectors.toSet());
    planted.add(Kind.NODES_DIFFER);
    assertThat(planted).containsExactlyInAnyOrder(Kind.values());
  }

  @Test
  void aValueSaysWhetherItIsWhole() {
    byte[] bytes = Value.bytes(Value.id("c3", 17), 100);
    assertThat(Value.idOf(bytes)).isEqualTo("c3.17");
    for (int i = 0; i < bytes.length; i++) {
      byte[] flipped = bytes.clone();
      flipped[i] ^= 1;
      assertThat(Value.isDamaged(Value.idOf(flipped))).as("byte %d", i).isTrue();
    }
  }

  @Test
  void valuesThatStandOneBehindTheOtherAreToldApart() {
    byte[] one = Value.bytes(Value.id("c3", 17), 100);
    byte[] two = Value.bytes(Value.id("c3", 18), 0);
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    assertThat(Value.idsOf(both)).containsExactly("c3.17", "c3.18");
    assertThat(Value.idsOf(new byte[0])).isEmpty();
    for (int left = 1; left < both.length; left++) {
      if (left != one.length) {
        assertThat(Value.isDamaged(Value.idsOf(Arrays.copyOf(both, left)).getLast())).isTrue();
      }
    }
  }

  /** The first story from that seed on that has a place for the fault. */
  private static RandomHistory planted(PlantedFault planted, long seed) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      RandomHistory history = new RandomHistory(seed * TRIES + attempt);
      if (planted.into(history)) {
        return history;
      }
    }
    throw new AssertionError("no story has a place for " + planted);
  }

  private static Set<Kind> kinds(List<Finding> findings) {
    return findings.stream().map(Finding::kind).collect(Collectors.toSet());
  }
}

package io.dislog.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is taken for removed. */
final class RosterTest {

  private static final Roster WITHOUT_N3 = new Roster(100, Set.of("n1", "n2"));
  private static final Set<String> ALL = Set.of("n1", "n2", "n3");

  @Test
  void oneThatWasAMemberAndIsNoneIs() {
    assertThat(WITHOUT_N3.leavesOut("n3", ALL, 100)).isTrue();
  }

  @Test
  void aMemberIsNot() {
    assertThat(WITHOUT_N3.leavesOut("n2", ALL, 50)).isFalse();
  }

  /** It would give up again and again what it is being given. */
  @Test
  void oneThatIsBeingAddedIsNot() {
    assertThat(WITHOUT_N3.leavesOut("n3", Set.of(), -1)).isFalse();
    assertThat(WITHOUT_N3.leavesOut("n3", Set.of("n1", "n2"), 50)).isFalse();
  }

  @Test
  void oneThatKnowsMoreIsNot() {
    assertThat(WITHOUT_N3.leavesOut("n3", ALL, 101)).isFalse();
  }

  @Test
  void itComesThroughAsItWas() {
    assertThat(Roster.decode(WITHOUT_N3.encode())).isEqualTo(WITHOUT_N3);
  }
}

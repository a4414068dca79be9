package io.dislog.raft.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is taken for removed. */
final class ConfirmedMembershipTest {

  private static final ConfirmedMembership WITHOUT_N3 =
      new ConfirmedMembership(100, Set.of("n1", "n2"));
  private static final RaftPeer N1 = RaftPeer.newBuilder().setId("n1").build();
  private static final RaftPeer N2 = RaftPeer.newBuilder().setId("n2").build();
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

  /** Whoever is being taken out is needed until that is committed. */
  @Test
  void membersThatChangeAreNotCertain() {
    assertThat(ConfirmedMembership.isCertain(new Configuration(List.of(N1, N2), List.of(), 7), 7))
        .isTrue();
    assertThat(ConfirmedMembership.isCertain(new Configuration(List.of(N1), List.of(N1, N2), 7), 7))
        .isFalse();
    assertThat(ConfirmedMembership.isCertain(new Configuration(List.of(N1), List.of(), 8), 7))
        .isFalse();
  }

  @Test
  void itComesThroughAsItWas() {
    assertThat(ConfirmedMembership.decode(WITHOUT_N3.encode())).isEqualTo(WITHOUT_N3);
  }

  /** As an entry of a raft log says. */
  private record Configuration(List<RaftPeer> current, List<RaftPeer> previous, long index)
      implements RaftConfiguration {

    @Override
    public @Nullable RaftPeer getPeer(RaftPeerId id, RaftPeerRole... roles) {
      return getAllPeers().stream()
          .filter(peer -> peer.getId().equals(id))
          .findFirst()
          .orElse(null);
    }

    @Override
    public Collection<RaftPeer> getAllPeers(RaftPeerRole role) {
      Set<RaftPeer> all = new LinkedHashSet<>(current);
      all.addAll(previous);
      return all;
    }

    @Override
    public Collection<RaftPeer> getCurrentPeers(RaftPeerRole role) {
      return current;
    }

    @Override
    public Collection<RaftPeer> getPreviousPeers(RaftPeerRole role) {
      return previous;
    }

    @Override
    public long getLogEntryIndex() {
      return index;
    }
  }
}

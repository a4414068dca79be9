package io.dislog.raft.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.Test;

final class SnapshotHandshakeTest {

  private static final RaftPeerId LEADER = RaftPeerId.valueOf("n0");
  private static final RaftPeerId ANOTHER = RaftPeerId.valueOf("n1");
  private static final TermIndex LAST = TermIndex.valueOf(2, 7);

  private final SnapshotHandshake handshake = new SnapshotHandshake(LEADER);

  @Test
  void whatIsThereIsTakenWhenTheLeaderAsksAgain() {
    handshake.askedBy(LEADER);
    assertThat(handshake.taken()).isNotDone();

    handshake.reached(LAST);
    assertThat(handshake.taken()).isNotDone();

    handshake.askedBy(LEADER);
    assertThat(handshake.taken()).isCompletedWithValue(LAST);
  }

  @Test
  void anotherLeaderEndsIt() {
    handshake.reached(LAST);

    handshake.ledBy(LEADER);
    assertThat(handshake.taken()).isNotDone();

    handshake.ledBy(ANOTHER);
    assertThat(handshake.taken()).isCompletedExceptionally();
  }

  @Test
  void anotherLeaderThatAsksEndsItToo() {
    handshake.reached(LAST);

    handshake.askedBy(ANOTHER);

    assertThat(handshake.taken()).isCompletedExceptionally();
  }

  @Test
  void aFailureEndsIt() {
    handshake.failed(new IOException("the peer is gone"));

    assertThat(handshake.taken()).isCompletedExceptionally();
  }
}

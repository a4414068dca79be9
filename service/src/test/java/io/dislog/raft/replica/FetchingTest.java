package io.dislog.raft.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.Test;

final class FetchingTest {

  private static final RaftPeerId LEADER = RaftPeerId.valueOf("n0");
  private static final RaftPeerId ANOTHER = RaftPeerId.valueOf("n1");
  private static final TermIndex LAST = TermIndex.valueOf(2, 7);

  private final Fetching fetching = new Fetching(LEADER);

  @Test
  void whatIsThereIsTakenWhenTheLeaderAsksAgain() {
    fetching.askedBy(LEADER);
    assertThat(fetching.taken()).isNotDone();

    fetching.reached(LAST);
    assertThat(fetching.taken()).isNotDone();

    fetching.askedBy(LEADER);
    assertThat(fetching.taken()).isCompletedWithValue(LAST);
  }

  @Test
  void anotherLeaderEndsIt() {
    fetching.reached(LAST);

    fetching.ledBy(LEADER);
    assertThat(fetching.taken()).isNotDone();

    fetching.ledBy(ANOTHER);
    assertThat(fetching.taken()).isCompletedExceptionally();
  }

  @Test
  void anotherLeaderThatAsksEndsItToo() {
    fetching.reached(LAST);

    fetching.askedBy(ANOTHER);

    assertThat(fetching.taken()).isCompletedExceptionally();
  }

  @Test
  void aFailureEndsIt() {
    fetching.failed(new IOException("the peer is gone"));

    assertThat(fetching.taken()).isCompletedExceptionally();
  }
}

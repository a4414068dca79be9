package io.dislog.raft.replica;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;

/**
 * A state that is fetched on a leader's word, until Ratis takes it over. Safe for use by many
 * threads.
 *
 * <p>Ratis (3.3.0) takes over what it was told is there only when a leader tells it once more to
 * fetch; until then it takes no entry. It can't stand to be told by a leader whose log begins
 * earlier, and one whose log has all that this node lacks will never tell it. So what was fetched
 * is handed over in the same leader's next call, and where another leads, Ratis hears that fetching
 * failed: then it takes entries, of which those are skipped that the state has.
 */
final class SnapshotHandshake {

  private final RaftPeerId leader;
  private final CompletableFuture<TermIndex> taken = new CompletableFuture<>();
  private volatile @Nullable TermIndex reached;

  /**
   * @param leader on whose word
   */
  SnapshotHandshake(RaftPeerId leader) {
    this.leader = leader;
  }

  /** Before anything was fetched. */
  static SnapshotHandshake nothing() {
    SnapshotHandshake nothing = new SnapshotHandshake(RaftPeerId.valueOf("nobody"));
    nothing.failed(new IOException("nothing is fetched"));
    return nothing;
  }

  /** Ends when the state is to be taken over, and with what it has. */
  CompletableFuture<TermIndex> taken() {
    return taken;
  }

  /** The state is there. */
  void reached(TermIndex last) {
    reached = last;
  }

  void failed(Exception why) {
    taken.completeExceptionally(why);
  }

  /** A leader is about to tell Ratis that this node is to fetch. */
  void askedBy(RaftPeerId asking) {
    ledBy(asking);
    TermIndex last = reached;
    if (last != null) {
      taken.complete(last);
    }
  }

  /** Somebody leads, maybe another. */
  void ledBy(RaftPeerId leading) {
    if (!leading.equals(leader)) {
      failed(new IOException("%s leads, and no longer %s".formatted(leading, leader)));
    }
  }
}

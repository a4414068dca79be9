package io.dislog.raft;

import io.dislog.shard.Refusal;
import java.util.concurrent.CompletionException;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.exceptions.ResourceUnavailableException;
import org.jspecify.annotations.Nullable;

/** What Ratis' answers mean to those who wait. Stateless. */
final class Replies {

  private Replies() {}

  /** What a proposal is refused with, or null where it was applied. */
  static @Nullable Refusal refusal(
      @Nullable RaftClientReply reply, @Nullable Throwable failure, boolean certain) {
    Throwable why = cause(reply, failure);
    if (why == null) {
      return null;
    }
    return why instanceof ResourceUnavailableException && certain
        ? new Refusal.TooBusy()
        : new Refusal.NoLeader("the entry was not committed: " + why.getMessage(), certain);
  }

  /** Why a request failed, or null where it did not. */
  static @Nullable Throwable cause(@Nullable RaftClientReply reply, @Nullable Throwable failure) {
    Throwable why = failure;
    while (why instanceof CompletionException && why.getCause() != null) {
      why = why.getCause();
    }
    return why != null ? why : reply == null || reply.isSuccess() ? null : reply.getException();
  }
}

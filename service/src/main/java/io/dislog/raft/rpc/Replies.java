package io.dislog.raft.rpc;

import io.dislog.command.Failure;
import io.dislog.command.Rejection;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.exceptions.AlreadyClosedException;
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.protocol.exceptions.LeaderSteppingDownException;
import org.apache.ratis.protocol.exceptions.NotLeaderException;
import org.apache.ratis.protocol.exceptions.ReconfigurationInProgressException;
import org.apache.ratis.protocol.exceptions.ReconfigurationTimeoutException;
import org.apache.ratis.protocol.exceptions.ResourceUnavailableException;
import org.apache.ratis.protocol.exceptions.ServerNotReadyException;
import org.apache.ratis.protocol.exceptions.TimeoutIOException;
import org.apache.ratis.protocol.exceptions.TransferLeadershipException;
import org.jspecify.annotations.Nullable;

/** What Ratis' answers mean to those who wait. Stateless. */
public final class Replies {

  private Replies() {}

  /**
   * What a proposal is refused with.
   *
   * @param certain whether nobody has applied it or will
   */
  public static Rejection rejection(Throwable why, boolean certain) {
    if (!certain) {
      return new Rejection.NoLeader("this may have been carried out, or not: " + words(why));
    }
    return why instanceof ResourceUnavailableException
        ? new Rejection.TooBusy()
        : new Rejection.NoLeader("the entry was not committed: " + words(why), true);
  }

  /** What a failure means to users; Ratis' own words name its classes, threads and addresses. */
  public static String words(Throwable failure) {
    return switch (failure) {
      case NotLeaderException e -> "the node that was asked does not lead";
      case LeaderSteppingDownException e -> "the leader is stepping down";
      case LeaderNotReadyException e -> "the leader is not ready yet";
      case ServerNotReadyException e -> "the node that was asked is not ready yet";
      case AlreadyClosedException e -> "the node that was asked is stopping";
      case ReconfigurationInProgressException e -> "the members are being changed";
      case ReconfigurationTimeoutException e -> "a new member has not caught up yet";
      case TransferLeadershipException e -> "the leader could not be changed yet";
      case ResourceUnavailableException e -> "too much is waiting";
      case TimeoutIOException e -> "no answer came in time";
      case Refusal e -> String.valueOf(e.getMessage());
      case Rejection e -> String.valueOf(e.getMessage());
      default -> "the members have not agreed";
    };
  }

  /** Why a request failed, or null where it did not. */
  public static @Nullable Throwable cause(
      @Nullable RaftClientReply reply, @Nullable Throwable failure) {
    return failure != null
        ? Failure.cause(failure)
        : reply == null || reply.isSuccess() ? null : reply.getException();
  }
}

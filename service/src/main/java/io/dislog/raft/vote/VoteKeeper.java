package io.dislog.raft.vote;

import java.io.IOException;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.util.ProtoUtils;

/** Remembers a vote before it leaves this node. Safe for use by many threads. */
public final class VoteKeeper {

  private final Voted voted;

  public VoteKeeper(Voted voted) {
    this.voted = voted;
  }

  /** Is told of a vote before it leaves. */
  public interface Voted {

    /**
     * This node votes.
     *
     * @throws IOException where the vote must not leave
     */
    void voted(RaftGroupId group, StoredVote vote) throws IOException;
  }

  /**
   * Has a vote remembered, where an answer is one.
   *
   * @throws IOException where the answer must not leave
   */
  public void keep(RequestVoteRequestProto asked, RequestVoteReplyProto answer) throws IOException {
    if (!asked.getPreVote() && answer.getServerReply().getSuccess()) {
      RaftRpcRequestProto from = asked.getServerRequest();
      String candidate = from.getRequestorId().toStringUtf8();
      voted.voted(
          ProtoUtils.toRaftGroupId(from.getRaftGroupId()),
          new StoredVote(asked.getCandidateTerm(), candidate));
    }
  }
}

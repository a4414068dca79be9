package io.dislog.raft.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.raft.base.RaftIds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.RaftRpcReplyProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.util.ProtoUtils;
import org.junit.jupiter.api.Test;

/** A vote is remembered. That it leaves only then, NodeServiceTest shows. */
final class VoteKeeperTest {

  private final List<String> story = new ArrayList<>();

  private final VoteKeeper keeper =
      new VoteKeeper((group, ballot) ->
          story.add(
              "remembers %d %s in shard %d"
                  .formatted(ballot.term(), ballot.node(), RaftIds.shard(group))));

  @Test
  void aVoteIsRemembered() throws IOException {
    keeper.keep(asked(false), answer(true));

    assertThat(story).containsExactly("remembers 5 n2 in shard 3");
  }

  @Test
  void whatIsNoVoteIsNotRemembered() throws IOException {
    keeper.keep(asked(true), answer(true));
    keeper.keep(asked(false), answer(false));

    assertThat(story).isEmpty();
  }

  @Test
  void aVoteThatCantBeRememberedIsNone() {
    VoteKeeper failing =
        new VoteKeeper((group, ballot) -> {
          throw new IOException("the disk failed");
        });

    assertThatThrownBy(() -> failing.keep(asked(false), answer(true)))
        .hasMessage("the disk failed");
  }

  private static RequestVoteRequestProto asked(boolean preVote) {
    return RequestVoteRequestProto.newBuilder()
        .setServerRequest(
            RaftRpcRequestProto.newBuilder()
                .setRequestorId(RaftPeerId.valueOf("n2").toByteString())
                .setRaftGroupId(ProtoUtils.toRaftGroupIdProtoBuilder(RaftIds.group(3))))
        .setCandidateTerm(5)
        .setPreVote(preVote)
        .build();
  }

  private static RequestVoteReplyProto answer(boolean success) {
    return RequestVoteReplyProto.newBuilder()
        .setServerReply(RaftRpcReplyProto.newBuilder().setSuccess(success))
        .build();
  }
}

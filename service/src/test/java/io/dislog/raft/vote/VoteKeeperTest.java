package io.dislog.raft.vote;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.raft.NotedCall;
import io.dislog.raft.base.RaftIds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.RaftRpcReplyProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.util.ProtoUtils;
import org.junit.jupiter.api.Test;

/** A vote leaves only once it is remembered. */
final class VoteKeeperTest {

  private final List<String> story = new ArrayList<>();

  @Test
  void aVoteIsRememberedBeforeItLeaves() {
    ask(keeper(), false, true);

    assertThat(story).containsExactly("remembers 5 n2 in shard 3", "answers", "ends OK");
  }

  @Test
  void whatIsNoVoteIsNotRemembered() {
    ask(keeper(), true, true);
    ask(keeper(), false, false);

    assertThat(story).containsExactly("answers", "ends OK", "answers", "ends OK");
  }

  @Test
  void aVoteThatCantBeRememberedDoesNotLeave() {
    VoteKeeper keeper =
        new VoteKeeper((group, ballot) -> {
          throw new IOException("the disk failed");
        });

    ask(keeper, false, true);

    assertThat(story).containsExactly("ends UNAVAILABLE");
  }

  private VoteKeeper keeper() {
    return new VoteKeeper((group, ballot) ->
        story.add(
            "remembers %d %s in shard %d"
                .formatted(ballot.term(), ballot.node(), RaftIds.shard(group))));
  }

  private void ask(VoteKeeper keeper, boolean preVote, boolean success) {
    RequestVoteRequestProto request =
        RequestVoteRequestProto.newBuilder()
            .setServerRequest(
                RaftRpcRequestProto.newBuilder()
                    .setRequestorId(RaftPeerId.valueOf("n2").toByteString())
                    .setRaftGroupId(ProtoUtils.toRaftGroupIdProtoBuilder(RaftIds.group(3))))
            .setCandidateTerm(5)
            .setPreVote(preVote)
            .build();
    RequestVoteReplyProto reply =
        RequestVoteReplyProto.newBuilder()
            .setServerReply(RaftRpcReplyProto.newBuilder().setSuccess(success))
            .build();
    keeper
        .interceptCall(
            new NotedCall<>(RaftServerProtocolServiceGrpc.getRequestVoteMethod(), story),
            new Metadata(),
            (intercepted, headers) ->
                new ServerCall.Listener<>() {
                  @Override
                  public void onMessage(RequestVoteRequestProto asked) {
                    intercepted.sendMessage(reply);
                    intercepted.close(Status.OK, new Metadata());
                  }
                })
        .onMessage(request);
  }
}

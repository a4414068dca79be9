package io.dislog.raft.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.raft.NotedCall;
import io.dislog.raft.base.RaftIds;
import java.util.ArrayList;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.util.ProtoUtils;
import org.junit.jupiter.api.Test;

/** Ratis hears that it is to fetch once it can. */
final class FetchWatchTest {

  private final List<String> story = new ArrayList<>();

  @Test
  void whoeverWaitsForItHearsItBeforeRatis() {
    ServerCall.Listener<InstallSnapshotRequestProto> stream = stream(true);

    stream.onMessage(request());
    stream.onHalfClose();

    assertThat(story).containsExactly("n2 says so in shard 3", "Ratis hears it", "Ratis is done");
  }

  @Test
  void ratisDoesNotHearItWhileTheShardIsOpened() {
    ServerCall.Listener<InstallSnapshotRequestProto> stream = stream(false);

    stream.onMessage(request());
    stream.onMessage(request());
    stream.onHalfClose();

    assertThat(story).containsExactly("n2 says so in shard 3", "ends UNAVAILABLE");
  }

  private ServerCall.Listener<InstallSnapshotRequestProto> stream(boolean canHear) {
    FetchWatch watch =
        new FetchWatch((group, leader) -> {
          story.add("%s says so in shard %d".formatted(leader, RaftIds.shard(group)));
          return canHear;
        });
    return watch.interceptCall(
        new NotedCall<>(RaftServerProtocolServiceGrpc.getInstallSnapshotMethod(), story),
        new Metadata(),
        (call, headers) ->
            new ServerCall.Listener<>() {
              @Override
              public void onMessage(InstallSnapshotRequestProto request) {
                story.add("Ratis hears it");
              }

              @Override
              public void onHalfClose() {
                story.add("Ratis is done");
              }
            });
  }

  private static InstallSnapshotRequestProto request() {
    return InstallSnapshotRequestProto.newBuilder()
        .setServerRequest(
            RaftRpcRequestProto.newBuilder()
                .setRequestorId(RaftPeerId.valueOf("n2").toByteString())
                .setRaftGroupId(ProtoUtils.toRaftGroupIdProtoBuilder(RaftIds.group(3))))
        .build();
  }
}

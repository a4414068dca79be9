package io.dislog.raft.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.dislog.raft.base.RaftIds;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.util.ProtoUtils;
import org.junit.jupiter.api.Test;

/** Entries of two leaders are appended one after the other. */
final class AppendOrderTest {

  private final List<String> story = new CopyOnWriteArrayList<>();
  private final CountDownLatch appended = new CountDownLatch(1);
  private final AppendOrder order = new AppendOrder(this::append);

  @Test
  void theNextLeadersEntriesAreLookedAtOnceThoseOfTheLastAreAppended() throws Exception {
    Thread first = Thread.startVirtualThread(() -> send(entry("n1", 3)));
    Await.until("Ratis appends", () -> story.contains("n1 in shard 3"));

    Thread second = Thread.startVirtualThread(() -> send(entry("n2", 3)));
    Await.until("it waits", () -> second.getState() == Thread.State.WAITING);
    send(entry("n2", 4));
    send(heartbeat("n2", 3));
    appended.countDown();
    first.join();
    second.join();

    assertThat(story)
        .containsExactly(
            "n1 in shard 3",
            "n2 in shard 4",
            "n2 in shard 3, a heartbeat",
            "appended",
            "n2 in shard 3");
  }

  private void send(AppendEntriesRequestProto request) {
    try {
      order.append(request).join();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private CompletableFuture<AppendEntriesReplyProto> append(AppendEntriesRequestProto request) {
    RaftRpcRequestProto from = request.getServerRequest();
    String who = RaftPeerId.valueOf(from.getRequestorId()).toString();
    int shard = RaftIds.shard(ProtoUtils.toRaftGroupId(from.getRaftGroupId()));
    story.add(
        "%s in shard %d%s"
            .formatted(who, shard, request.getEntriesCount() == 0 ? ", a heartbeat" : ""));
    if (who.equals("n1")) {
      try {
        appended.await();
        story.add("appended");
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    return CompletableFuture.completedFuture(AppendEntriesReplyProto.getDefaultInstance());
  }

  private static AppendEntriesRequestProto entry(String leader, int shard) {
    return heartbeat(leader, shard).toBuilder()
        .addEntries(LogEntryProto.getDefaultInstance())
        .build();
  }

  private static AppendEntriesRequestProto heartbeat(String leader, int shard) {
    return AppendEntriesRequestProto.newBuilder()
        .setServerRequest(
            RaftRpcRequestProto.newBuilder()
                .setRequestorId(RaftPeerId.valueOf(leader).toByteString())
                .setRaftGroupId(ProtoUtils.toRaftGroupIdProtoBuilder(RaftIds.group(shard))))
        .build();
  }
}

package io.dislog.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.dislog.raft.base.RaftIds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto.AppendResult;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.proto.RaftProtos.TermIndexProto;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;
import org.apache.ratis.util.ProtoUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node answers to leaders that follow each other, which the test plays by itself. */
final class SuccessiveLeadersTest {

  private static final int SHARD = 0;
  private static final Duration A_WHILE = Duration.ofSeconds(2);

  @TempDir Path directory;

  private TestCluster cluster;
  private TestNode node;
  private ManagedChannel channel;
  private TermIndex last;

  /** A node whose peers are gone. */
  @BeforeEach
  void begin() throws IOException {
    cluster = TestCluster.ofThree(directory);
    node = cluster.follower(SHARD);
    for (TestNode other : cluster.nodes) {
      if (other != node) {
        other.close();
      }
    }
    Await.until("it has noticed", () -> division().getInfo().getLeaderId() == null);
    last = Objects.requireNonNull(division().getRaftLog().getLastEntryTermIndex());
    channel =
        NettyChannelBuilder.forAddress(node.member.host(), node.member.raftPort())
            .usePlaintext()
            .build();
  }

  @AfterEach
  void end() throws IOException {
    channel.shutdownNow();
    cluster.close();
  }

  @Test
  void aNodeThatCouldNotAppendOnceTakesEntriesAfterwards() {
    long term = last.getTerm() + 20;
    Leader first = new Leader("n1");
    first.sends(term, last, last.getIndex() + 1, term);
    Await.until("it is answered", () -> first.replies.size() == 1);
    TermIndex appended = TermIndex.valueOf(term, last.getIndex() + 1);
    first.sends(term, appended, appended.getIndex() + 1, term - 10); // Of a term before the last.
    Await.until("that is refused", () -> first.ended);

    Leader again = new Leader("n1");
    again.sends(term, appended, appended.getIndex() + 1, term);

    Await.until("it is answered", () -> again.replies.size() == 1 || again.ended);
    assertThat(again.replies)
        .extracting(AppendEntriesReplyProto::getResult)
        .containsExactly(AppendResult.SUCCESS);
    assertThat(logged()).isEqualTo(TermIndex.valueOf(term, appended.getIndex() + 1));
  }

  /** Where it does not, entries are committed that a majority does not have. */
  @Test
  void whatANodeSaysThatItHasItHas() {
    long term = last.getTerm() + 20;
    CountDownLatch busy = new CountDownLatch(1);
    occupyCommonPool(busy);
    Leader former = new Leader("n1");
    Leader next = new Leader("n2");
    try {
      former.sends(term, last, last.getIndex() + 1, term);
      Await.until("it follows", () -> division().getInfo().getCurrentTerm() == term);
      next.sends(term + 1, last, last.getIndex() + 1, term + 1);
      Await.until("it follows", () -> division().getInfo().getCurrentTerm() == term + 1);
      Await.holdsWithin(A_WHILE, () -> !next.replies.isEmpty());
    } finally {
      busy.countDown();
    }

    Await.until("it is answered", () -> next.replies.size() == 1 || next.ended);
    assertThat(next.replies)
        .extracting(AppendEntriesReplyProto::getResult)
        .containsExactly(AppendResult.SUCCESS);
    assertThat(logged()).isEqualTo(TermIndex.valueOf(term + 1, last.getIndex() + 1));
  }

  private RaftServer.Division division() {
    return Objects.requireNonNull(node.group(SHARD).division());
  }

  private TermIndex logged() {
    return division().getRaftLog().getLastEntryTermIndex();
  }

  /** Has whatever else goes there wait, as on a busy machine. */
  private static void occupyCommonPool(CountDownLatch until) {
    for (int i = 0; i < 2 * ForkJoinPool.getCommonPoolParallelism(); i++) {
      ForkJoinPool.commonPool()
          .execute(() -> {
            try {
              until.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
  }

  /** A peer that takes itself for the leader. */
  private final class Leader implements StreamObserver<AppendEntriesReplyProto> {

    private final List<AppendEntriesReplyProto> replies = new CopyOnWriteArrayList<>();
    private final RaftPeerId id;
    private final StreamObserver<AppendEntriesRequestProto> stream;
    private volatile boolean ended;

    Leader(String id) {
      this.id = RaftPeerId.valueOf(id);
      this.stream = RaftServerProtocolServiceGrpc.newStub(channel).appendEntries(this);
    }

    /** Sends one entry. */
    void sends(long leaderTerm, TermIndex previous, long index, long term) {
      stream.onNext(
          AppendEntriesRequestProto.newBuilder()
              .setServerRequest(
                  RaftRpcRequestProto.newBuilder()
                      .setRequestorId(id.toByteString())
                      .setReplyId(RaftPeerId.valueOf(node.member.id()).toByteString())
                      .setRaftGroupId(ProtoUtils.toRaftGroupIdProtoBuilder(RaftIds.group(SHARD))))
              .setLeaderTerm(leaderTerm)
              .setPreviousLog(
                  TermIndexProto.newBuilder()
                      .setTerm(previous.getTerm())
                      .setIndex(previous.getIndex()))
              .addEntries(
                  LogEntryProto.newBuilder()
                      .setIndex(index)
                      .setTerm(term)
                      .setStateMachineLogEntry(
                          StateMachineLogEntryProto.newBuilder()
                              .setClientId(ClientId.randomId().toByteString())
                              .setLogData(ByteString.copyFromUtf8("an entry"))))
              .build());
    }

    @Override
    public void onNext(AppendEntriesReplyProto reply) {
      replies.add(reply);
    }

    @Override
    public void onError(Throwable failure) {
      ended = true;
    }

    @Override
    public void onCompleted() {
      ended = true;
    }
  }
}

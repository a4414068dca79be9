package io.dislog.raft.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.dislog.raft.TestCluster;
import io.dislog.raft.TestNode;
import io.dislog.raft.base.RaftIds;
import io.dislog.raft.transport.Peer;
import io.dislog.raft.transport.Self;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.ProtoUtils;
import org.jspecify.annotations.Nullable;
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
  private final List<Leader> leaders = new ArrayList<>();
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
  }

  @AfterEach
  void end() throws IOException {
    leaders.forEach(leader -> leader.peer.close());
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
    Await.until("that is refused", () -> first.refused);

    Leader again = new Leader("n1");
    again.sends(term, appended, appended.getIndex() + 1, term);

    Await.until("it is answered", () -> again.replies.size() == 1 || again.refused);
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

    Await.until("it is answered", () -> next.replies.size() == 1 || next.refused);
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
  private final class Leader {

    private final List<AppendEntriesReplyProto> replies = new CopyOnWriteArrayList<>();
    private final RaftPeerId id;
    private final Peer peer;
    private volatile boolean refused;

    Leader(String id) {
      this.id = RaftPeerId.valueOf(id);
      this.peer = new Peer(Self.of(id), node.member.id(), node.member::raftAddress, "test");
      leaders.add(this);
    }

    /** Sends one entry. */
    void sends(long leaderTerm, TermIndex previous, long index, long term) {
      AppendEntriesRequestProto request =
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
              .build();
      var _ = peer.call(Kind.ENTRIES.number(), new ProtoBody(request)).whenComplete(this::answered);
    }

    private void answered(@Nullable ByteBuffer answer, @Nullable Throwable failure) {
      try {
        if (answer == null) {
          refused = true;
        } else {
          replies.add(ProtoBody.read(answer, AppendEntriesReplyProto.parser()));
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}

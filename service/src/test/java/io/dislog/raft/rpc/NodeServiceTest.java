package io.dislog.raft.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.kit.Await;
import io.dislog.kit.FreePort;
import io.dislog.raft.base.RaftIds;
import io.dislog.raft.transport.Payload;
import io.dislog.raft.transport.Peer;
import io.dislog.raft.transport.RaftPort;
import io.dislog.raft.transport.Self;
import io.dislog.raft.vote.StoredVote;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcReplyProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.com.google.protobuf.MessageLite;
import org.apache.ratis.util.ProtoUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node answers others, and in which order it asks whom. Ratis is the test's. */
final class NodeServiceTest {

  private static final int SHARDS = 5;

  private final List<String> story = new CopyOnWriteArrayList<>();
  private final CountDownLatch appended = new CountDownLatch(1);
  private final InetSocketAddress address =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next());
  private final Shards shards = new Shards();
  private final NodeService service = new NodeService(ratis(), shards);
  private final RaftPort port = new RaftPort(Self.of("n1"), address, service);
  private final Peer leader =
      new Peer(Self.of("n2"), "n1", () -> "127.0.0.1:%d".formatted(address.getPort()), "test");

  /** Its connection for entries. */
  private final Peer appender =
      new Peer(Self.of("n2"), "n1", () -> "127.0.0.1:%d".formatted(address.getPort()), "test");

  @BeforeEach
  void begin() throws IOException {
    port.start();
  }

  @AfterEach
  void end() {
    appended.countDown();
    leader.close();
    appender.close();
    port.close();
    service.close();
  }

  @Test
  void aVoteIsRememberedBeforeItLeaves() throws Exception {
    ask(Kind.VOTE, vote());

    assertThat(story).containsExactly("Ratis votes", "remembers 5 n2 in shard 3");
  }

  @Test
  void aVoteThatCantBeRememberedDoesNotLeave() {
    shards.diskFails = true;

    assertThatThrownBy(() -> ask(Kind.VOTE, vote())).hasRootCauseInstanceOf(IOException.class);
    assertThat(story).containsExactly("Ratis votes");
  }

  @Test
  void whoeverWaitsForItHearsOfAFetchBeforeRatis() throws Exception {
    ask(Kind.FETCH, fetch());

    assertThat(story).containsExactly("n2 says so in shard 3", "Ratis fetches");
  }

  @Test
  void ratisHearsOfNoFetchWhileTheShardIsOpened() {
    shards.isOpening = true;

    assertThatThrownBy(() -> ask(Kind.FETCH, fetch()))
        .hasRootCauseMessage("the shard is being opened");
    assertThat(story).containsExactly("n2 says so in shard 3");
  }

  @Test
  void aHeartbeatIsHeardWhileEntriesAreAppended() throws Exception {
    CompletableFuture<ByteBuffer> entries =
        appender.call(Kind.ENTRIES.number(), new ProtoBody(append("n2", 3, 1)));
    Await.until("Ratis appends", () -> story.contains("Ratis appends 1"));

    ask(Kind.HEARTBEAT, append("n2", 4, 0));

    assertThat(entries).isNotDone();
    appended.countDown();
    assertThat(entries.get(1, TimeUnit.MINUTES)).isNotNull();
  }

  @Test
  void theShardsThatANodeLedHearThatItIsGone() throws Exception {
    appended.countDown();
    ask(Kind.ENTRIES, append("n2", 3, 1));
    ask(Kind.HEARTBEAT, append("n2", 4, 0));
    story.clear();

    leader.renew();

    Await.until("both hear of it", () -> story.size() == 2);
    assertThat(story).containsExactlyInAnyOrder("n2 is gone in shard 3", "n2 is gone in shard 4");
  }

  @Test
  void nobodySpeaksInAnothersName() {
    assertThatThrownBy(() -> ask(Kind.HEARTBEAT, append("n3", 3, 0)))
        .hasRootCauseMessage("node n2 speaks in the name of another one");
    assertThat(story).isEmpty();
  }

  @Test
  void whatThereIsNotIsRefused() {
    assertThatThrownBy(() -> ask(Kind.HEARTBEAT, append("n2", SHARDS, 0)))
        .hasRootCauseMessage("there is no such shard");
    assertThatThrownBy(() -> leader.call(99, Payload.EMPTY).get(1, TimeUnit.MINUTES))
        .hasRootCauseMessage("a request of kind 99 is unknown to this version");
    assertThatThrownBy(() -> question(new UUID(1, 2), "clock"))
        .hasRootCauseMessage("there is no such shard");
    assertThat(story).isEmpty();
  }

  @Test
  void whatCantBeReadIsRefusedAndNothingElse() throws Exception {
    for (Kind kind : Kind.values()) {
      Payload noise =
          Payload.of(ByteBuffer.wrap(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1}));
      if (kind != Kind.GROUPS) {
        assertThatThrownBy(() -> leader.call(kind.number(), noise).get(1, TimeUnit.MINUTES))
            .as("of kind %s", kind)
            .hasRootCauseInstanceOf(IOException.class);
      }
    }
    assertThat(question(RaftIds.group(2).getUuid(), "clock")).isEqualTo("clock in shard 2");
  }

  @Test
  void aQuestionIsAnsweredByItsShard() throws Exception {
    assertThat(question(RaftIds.group(2).getUuid(), "roster")).isEqualTo("roster in shard 2");
  }

  private String question(UUID group, String question) throws Exception {
    byte[] text = question.getBytes(UTF_8);
    ByteBuffer body =
        ByteBuffer.allocate(16 + text.length)
            .putLong(group.getMostSignificantBits())
            .putLong(group.getLeastSignificantBits())
            .put(text)
            .flip();
    ByteBuffer answer = leader.call(Kind.ASK.number(), Payload.of(body)).get(1, TimeUnit.MINUTES);
    return UTF_8.decode(answer).toString();
  }

  private void ask(Kind kind, MessageLite request) throws Exception {
    leader.call(kind.number(), new ProtoBody(request)).get(1, TimeUnit.MINUTES);
  }

  private static RequestVoteRequestProto vote() {
    return RequestVoteRequestProto.newBuilder()
        .setServerRequest(from("n2", 3))
        .setCandidateTerm(5)
        .build();
  }

  private static InstallSnapshotRequestProto fetch() {
    return InstallSnapshotRequestProto.newBuilder().setServerRequest(from("n2", 3)).build();
  }

  private static AppendEntriesRequestProto append(String node, int shard, int entries) {
    AppendEntriesRequestProto.Builder request =
        AppendEntriesRequestProto.newBuilder().setServerRequest(from(node, shard));
    for (int i = 0; i < entries; i++) {
      request.addEntries(LogEntryProto.getDefaultInstance());
    }
    return request.build();
  }

  private static RaftRpcRequestProto from(String node, int shard) {
    return RaftRpcRequestProto.newBuilder()
        .setRequestorId(RaftPeerId.valueOf(node).toByteString())
        .setRaftGroupId(ProtoUtils.toRaftGroupIdProtoBuilder(RaftIds.group(shard)))
        .build();
  }

  private RaftServer ratis() {
    return (RaftServer)
        Proxy.newProxyInstance(
            RaftServer.class.getClassLoader(),
            new Class<?>[] {RaftServer.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "requestVote" -> vote((RequestVoteRequestProto) arguments[0]);
                  case "installSnapshot" -> fetch((InstallSnapshotRequestProto) arguments[0]);
                  case "appendEntriesAsync" -> append((AppendEntriesRequestProto) arguments[0]);
                  case "getGroupIds" -> List.of(RaftIds.group(1));
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private RequestVoteReplyProto vote(RequestVoteRequestProto request) {
    assertThat(request.getCandidateTerm()).isEqualTo(5);
    story.add("Ratis votes");
    return RequestVoteReplyProto.newBuilder()
        .setServerReply(RaftRpcReplyProto.newBuilder().setSuccess(true))
        .build();
  }

  private InstallSnapshotReplyProto fetch(InstallSnapshotRequestProto request) {
    assertThat(request.hasServerRequest()).isTrue();
    story.add("Ratis fetches");
    return InstallSnapshotReplyProto.getDefaultInstance();
  }

  /** Entries take until the test says so, in the thread that brought them. */
  private CompletableFuture<AppendEntriesReplyProto> append(AppendEntriesRequestProto request)
      throws InterruptedException {
    story.add("Ratis appends " + request.getEntriesCount());
    if (request.getEntriesCount() > 0) {
      appended.await();
    }
    return CompletableFuture.completedFuture(AppendEntriesReplyProto.getDefaultInstance());
  }

  /** Notes down what it is told. */
  private final class Shards implements FrameRpc.Listeners {

    private volatile boolean diskFails;
    private volatile boolean isOpening;

    @Override
    public boolean has(RaftGroupId group) {
      int shard = RaftIds.shard(group);
      return shard >= 0 && shard < SHARDS;
    }

    @Override
    public LeadershipCheck of(RaftServer.Division division) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void brokenOff(RaftGroupId group, RaftPeerId node) {
      story.add("%s is gone in shard %d".formatted(node, RaftIds.shard(group)));
    }

    @Override
    public boolean toldToFetch(RaftGroupId group, RaftPeerId node) {
      story.add("%s says so in shard %d".formatted(node, RaftIds.shard(group)));
      return !isOpening;
    }

    @Override
    public CompletableFuture<ByteBuffer> answer(RaftGroupId group, String question) {
      String answer = "%s in shard %d".formatted(question, RaftIds.shard(group));
      return CompletableFuture.completedFuture(ByteBuffer.wrap(answer.getBytes(UTF_8)));
    }

    @Override
    public void voted(RaftGroupId group, StoredVote vote) throws IOException {
      if (diskFails) {
        throw new IOException("the disk failed");
      }
      story.add(
          "remembers %d %s in shard %d".formatted(vote.term(), vote.node(), RaftIds.shard(group)));
    }
  }
}

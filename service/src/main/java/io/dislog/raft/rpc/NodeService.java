package io.dislog.raft.rpc;

import io.dislog.command.Encoder;
import io.dislog.raft.rpc.FrameRpc.Listeners;
import io.dislog.raft.transport.Answers;
import io.dislog.raft.transport.Payload;
import io.dislog.raft.transport.Request;
import io.dislog.raft.vote.VoteKeeper;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.apache.ratis.client.impl.ClientProtoUtils;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.GroupManagementRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.SetConfigurationRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.proto.RaftProtos.TransferLeadershipRequestProto;
import org.apache.ratis.protocol.GroupManagementRequest;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.com.google.protobuf.MessageLite;
import org.apache.ratis.util.ProtoUtils;
import org.jspecify.annotations.Nullable;

/**
 * Answers other nodes, by what Ratis and the shards say. Safe for use by many threads.
 *
 * <p>Entries are appended by the connection's own thread, in their order. All else has threads of
 * its own, so that one shard that is at work holds up no other one's leader.
 */
final class NodeService implements Answers, Closeable {

  private static final System.Logger LOGGER = System.getLogger(NodeService.class.getName());

  /** Of one connection; while so many are under way, nothing more of it is read. */
  private static final int MOST_REQUESTS = 64;

  private final RaftServer server;
  private final Listeners listeners;
  private final AppendOrder order;
  private final VoteKeeper votes;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("raft-request-", 0).factory());

  NodeService(RaftServer server, Listeners listeners) {
    this.server = server;
    this.listeners = listeners;
    this.order = new AppendOrder(server::appendEntriesAsync);
    this.votes = new VoteKeeper(listeners);
  }

  @Override
  public Session begin(String node) {
    return new Connected(node);
  }

  @Override
  public void close() {
    threads.shutdown();
  }

  /** What one node asks over one connection. */
  private final class Connected implements Session {

    private final String node;
    private final Semaphore room = new Semaphore(MOST_REQUESTS);
    private final Set<RaftGroupId> led = ConcurrentHashMap.newKeySet();

    Connected(String node) {
      this.node = node;
    }

    @Override
    public void received(Request request) throws IOException {
      Kind kind = Kind.of(request.kind());
      if (kind == null) {
        request.refuse("a request of kind %d is unknown to this version".formatted(request.kind()));
      } else if (kind == Kind.ENTRIES) {
        handle(kind, request);
      } else {
        handleBeside(kind, request);
      }
    }

    private void handleBeside(Kind kind, Request request) throws IOException {
      try {
        room.acquire();
        threads.execute(() -> {
          try {
            handle(kind, request);
          } finally {
            room.release();
          }
        });
      } catch (InterruptedException | RejectedExecutionException e) {
        throw new IOException("this node is stopping", e);
      }
    }

    private void handle(Kind kind, Request request) {
      try {
        var _ =
            answer(kind, request.body())
                .whenComplete((answer, failure) -> send(request, answer, failure));
      } catch (IOException | RuntimeException e) {
        send(request, null, e);
      }
    }

    private CompletableFuture<? extends Payload> answer(Kind kind, ByteBuffer body)
        throws IOException {
      return switch (kind) {
        case ENTRIES, HEARTBEAT -> append(ProtoBody.read(body, AppendEntriesRequestProto.parser()));
        case VOTE -> vote(ProtoBody.read(body, RequestVoteRequestProto.parser()));
        case STAND -> stand(ProtoBody.read(body, StartLeaderElectionRequestProto.parser()));
        case FETCH -> fetch(ProtoBody.read(body, InstallSnapshotRequestProto.parser()));
        case ASK -> ask(body);
        case GROUPS -> groups();
        case MANAGE -> manage(ProtoBody.read(body, GroupManagementRequestProto.parser()));
        case MEMBERS -> members(ProtoBody.read(body, SetConfigurationRequestProto.parser()));
        case TRANSFER -> transfer(ProtoBody.read(body, TransferLeadershipRequestProto.parser()));
      };
    }

    private CompletableFuture<ProtoBody> append(AppendEntriesRequestProto request)
        throws IOException {
      led.add(group(request.getServerRequest()));
      return order.append(request).thenApply(ProtoBody::new);
    }

    private CompletableFuture<ProtoBody> vote(RequestVoteRequestProto request) throws IOException {
      group(request.getServerRequest());
      RequestVoteReplyProto reply = server.requestVote(request);
      votes.keep(request, reply);
      return completed(reply);
    }

    private CompletableFuture<ProtoBody> stand(StartLeaderElectionRequestProto request)
        throws IOException {
      group(request.getServerRequest());
      return completed(server.startLeaderElection(request));
    }

    /**
     * Ratis (3.3.0) can't stand to hear it while it opens the shard's raft log: it notes down that
     * it fetches, fails, and says for ever that it is about it, so that the node is never added.
     */
    private CompletableFuture<ProtoBody> fetch(InstallSnapshotRequestProto request)
        throws IOException {
      RaftGroupId group = group(request.getServerRequest());
      if (!listeners.toldToFetch(group, RaftPeerId.valueOf(node))) {
        throw new Refusal("the shard is being opened");
      }
      return completed(server.installSnapshot(request));
    }

    /** Whose message it is, which must be of a shard that there is, and of the node itself. */
    private RaftGroupId group(RaftRpcRequestProto from) throws IOException {
      if (!from.getRequestorId().toStringUtf8().equals(node)) {
        throw new Refusal("node %s speaks in the name of another one".formatted(node));
      }
      return known(ProtoUtils.toRaftGroupId(from.getRaftGroupId()));
    }

    @Override
    public void ended() {
      led.forEach(group -> listeners.brokenOff(group, RaftPeerId.valueOf(node)));
    }
  }

  private CompletableFuture<Payload> ask(ByteBuffer body) throws IOException {
    RaftGroupId group = known(RaftGroupId.valueOf(new UUID(body.getLong(), body.getLong())));
    String question = StandardCharsets.UTF_8.decode(body).toString();
    return listeners.answer(group, question).thenApply(Payload::of);
  }

  private CompletableFuture<Payload> groups() {
    Encoder ids = new Encoder();
    for (RaftGroupId group : server.getGroupIds()) {
      UUID id = group.getUuid();
      ids.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }
    return CompletableFuture.completedFuture(Payload.of(ids.finish()));
  }

  private CompletableFuture<Payload> manage(GroupManagementRequestProto from) throws IOException {
    GroupManagementRequest request = ClientProtoUtils.toGroupManagementRequest(from);
    known(request.getRaftGroupId());
    return server.groupManagementAsync(request).thenApply(NodeService::done);
  }

  private CompletableFuture<Payload> members(SetConfigurationRequestProto request)
      throws IOException {
    return server
        .setConfigurationAsync(ClientProtoUtils.toSetConfigurationRequest(request))
        .thenApply(NodeService::done);
  }

  private CompletableFuture<Payload> transfer(TransferLeadershipRequestProto request)
      throws IOException {
    return server
        .transferLeadershipAsync(ClientProtoUtils.toTransferLeadershipRequest(request))
        .thenApply(NodeService::done);
  }

  private static Payload done(RaftClientReply reply) {
    if (!reply.isSuccess()) {
      throw new CompletionException(reply.getException());
    }
    return Payload.EMPTY;
  }

  private RaftGroupId known(RaftGroupId group) throws IOException {
    if (!listeners.has(group)) {
      throw new Refusal("there is no such shard");
    }
    return group;
  }

  private static CompletableFuture<ProtoBody> completed(MessageLite reply) {
    return CompletableFuture.completedFuture(new ProtoBody(reply));
  }

  private static void send(Request request, @Nullable Payload answer, @Nullable Throwable failure) {
    if (answer != null) {
      request.answer(answer);
    } else {
      LOGGER.log(Level.DEBUG, "a request is refused", failure);
      Throwable why = Replies.cause(null, failure);
      request.refuse(why == null ? "there is no answer" : Replies.words(why));
    }
  }
}

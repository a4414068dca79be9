package io.dislog.raft.rpc;

import io.dislog.access.node.NodeCredential;
import io.dislog.api.Addition;
import io.dislog.api.ApiJson;
import io.dislog.api.ClusterView;
import io.dislog.api.NodeReport;
import io.dislog.commit.Member;
import io.dislog.raft.rpc.PeerHttp.Question;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What this node asks other nodes over HTTP. Blocks; safe for use by many threads. */
public class PeerClient implements Closeable {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** An addition waits until the node has what the shards hold. */
  private static final Duration LONG_PATIENCE = Duration.ofMinutes(2);

  private final PeerHttp http;

  /** Of a node that has nothing to show to others. */
  public PeerClient() {
    this(new PeerHttp(NodeCredential.NONE));
  }

  /**
   * @param http closed with this
   */
  public PeerClient(PeerHttp http) {
    this.http = http;
  }

  /**
   * What a node says of itself.
   *
   * @param reached whether it said anything
   * @param formed whether anything was ever agreed on, with it
   * @param ready whether it takes appends
   */
  public record Answer(boolean reached, boolean formed, boolean ready) {
    static final Answer NONE = new Answer(false, false, false);
  }

  /** Asks nodes how they are, all at once. */
  public List<Answer> ask(List<Member> nodes) {
    return nodes.stream().map(this::ask).toList().stream().map(CompletableFuture::join).toList();
  }

  private CompletableFuture<Answer> ask(Member node) {
    Question question = question(node, "/v1/cluster/nodes/" + node.id());
    return http.sendAsync(question, BodyHandlers.ofByteArray())
        .thenApply(response -> answer(node, response))
        .exceptionally(failure -> Answer.NONE);
  }

  /** Another node's word is none of this one. */
  private static Answer answer(Member node, HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      return Answer.NONE;
    }
    try {
      NodeReport report = ApiJson.read(response.body(), NodeReport.class);
      return node.id().equals(report.id())
          ? new Answer(true, report.formed(), report.ready())
          : Answer.NONE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether a node has another one among its cluster's members.
   *
   * @throws IOException where it does not say
   */
  public boolean names(Member node, String other) throws IOException {
    byte[] view = send(question(node, "/v1/cluster"));
    return ApiJson.read(view, ClusterView.class).member(other).isPresent();
  }

  /** Has a member of the cluster take this node out and add it again, for it has nothing. */
  public void addEmpty(Member node, String id, @Nullable Member self) throws IOException {
    String address =
        self == null // Then by the one that the cluster has.
            ? null
            : "%s:%d:%d".formatted(self.host(), self.raftPort(), self.httpPort());
    byte[] body = ApiJson.write(new Addition(address, true));
    var _ =
        send(
            new Question(
                node,
                "/v1/cluster/nodes/" + id,
                request ->
                    request
                        .timeout(LONG_PATIENCE)
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(body))));
  }

  private byte[] send(Question question) throws IOException {
    HttpResponse<byte[]> response = http.send(question, BodyHandlers.ofByteArray());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          "%s answered %d: %s"
              .formatted(
                  response.uri(),
                  response.statusCode(),
                  new String(response.body(), StandardCharsets.UTF_8)));
    }
    return response.body();
  }

  private static Question question(Member node, String target) {
    return new Question(node, target, request -> request.timeout(PATIENCE).GET());
  }

  @Override
  public void close() {
    http.close();
  }
}

package io.dislog.raft.rpc;

import io.dislog.api.Addition;
import io.dislog.api.ApiJson;
import io.dislog.api.ClusterView;
import io.dislog.api.NodeReport;
import io.dislog.commit.Member;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
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

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

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
    HttpRequest request = request(node, "/v1/cluster/nodes/" + node.id()).GET().build();
    return http.sendAsync(request, BodyHandlers.ofByteArray())
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
    byte[] view = send(request(node, "/v1/cluster").GET().build());
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
            request(node, "/v1/cluster/nodes/" + id)
                .timeout(LONG_PATIENCE)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
  }

  private byte[] send(HttpRequest request) throws IOException {
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() / 100 != 2) {
        throw new IOException(
            "%s answered %d: %s"
                .formatted(
                    request.uri(),
                    response.statusCode(),
                    new String(response.body(), StandardCharsets.UTF_8)));
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static HttpRequest.Builder request(Member node, String path) {
    return HttpRequest.newBuilder(URI.create("http://" + node.httpAddress() + path))
        .timeout(PATIENCE);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}

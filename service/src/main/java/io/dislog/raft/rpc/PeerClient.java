package io.dislog.raft.rpc;

import io.dislog.commit.Member;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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
    return http.sendAsync(request, BodyHandlers.ofString())
        .thenApply(response -> answer(node, response))
        .exceptionally(failure -> Answer.NONE);
  }

  /** The service's own JSON, which has no blanks. */
  private static Answer answer(Member node, HttpResponse<String> response) {
    String body = response.body();
    boolean itself = response.statusCode() == 200 && body.contains("\"id\":\"" + node.id() + "\"");
    return itself
        ? new Answer(true, body.contains("\"formed\":true"), body.contains("\"ready\":true"))
        : Answer.NONE;
  }

  /**
   * Whether a node has another one among its cluster's members.
   *
   * @throws IOException where it does not say
   */
  public boolean names(Member node, String other) throws IOException {
    HttpResponse<String> response = send(request(node, "/v1/cluster").GET().build());
    // Shards have numbers for ids, and list their replicas without that word.
    return response.body().contains("\"id\":\"" + other + "\"");
  }

  /** Has a member of the cluster take this node out and add it again, for it has nothing. */
  public void addEmpty(Member node, String id, @Nullable Member self) throws IOException {
    String address =
        self == null // Then by the one that the cluster has.
            ? ""
            : "\"address\":\"%s:%d:%d\",".formatted(self.host(), self.raftPort(), self.httpPort());
    String body = "{%s\"empty\":true}".formatted(address);
    send(
        request(node, "/v1/cluster/nodes/" + id)
            .timeout(LONG_PATIENCE)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IOException(
            "%s answered %d: %s".formatted(request.uri(), response.statusCode(), response.body()));
      }
      return response;
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

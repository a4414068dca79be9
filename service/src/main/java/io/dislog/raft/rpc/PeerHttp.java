package io.dislog.raft.rpc;

import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import io.dislog.access.node.NodeCredential;
import io.dislog.access.node.NodeRequest;
import io.dislog.commit.Member;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The API of other nodes, to which this one shows that it is a node. Safe for use by many threads.
 */
public final class PeerHttp implements Closeable {

  private static final System.Logger LOGGER = System.getLogger(PeerHttp.class.getName());
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(2);

  private final NodeCredential credential;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_PATIENCE)
          .build();

  public PeerHttp(NodeCredential credential) {
    this.credential = credential;
  }

  /**
   * What is asked of a node.
   *
   * @param target path and query
   * @param shape sets method, body and patience
   */
  record Question(Member node, String target, Consumer<HttpRequest.Builder> shape) {}

  /** Asks a node, and waits for its answer. */
  <T> HttpResponse<T> send(Question question, BodyHandler<T> body) throws IOException {
    try {
      return sendAsync(question, body).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking a peer", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    }
  }

  /** Asks a node. */
  <T> CompletableFuture<HttpResponse<T>> sendAsync(Question question, BodyHandler<T> body) {
    HttpRequest request = request(question);
    return http.sendAsync(request, body)
        .thenCompose(answer ->
            isAskedAgain(question.node(), request, answer)
                ? http.sendAsync(request(question), body)
                : CompletableFuture.completedFuture(answer));
  }

  private HttpRequest request(Question question) {
    String address = question.node().httpAddress();
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("http://" + address + question.target()));
    question.shape().accept(builder);
    HttpRequest plain = builder.build();
    @Nullable String shown =
        credential.show(address, new NodeRequest(plain.method(), question.target(), ""));
    return shown == null ? plain : builder.header(NodeCredential.HEADER, shown).build();
  }

  /** Whether a node wants to be shown something else, which then is. */
  private boolean isAskedAgain(Member node, HttpRequest request, HttpResponse<?> answer) {
    String nonce = answer.headers().firstValue(NodeCredential.NONCE).orElse(null);
    String shown = request.headers().firstValue(NodeCredential.HEADER).orElse(null);
    boolean isAsked =
        nonce != null
            && answer.statusCode() == HTTP_UNAUTHORIZED
            && credential.learn(node.httpAddress(), shown, nonce);
    if (isAsked && answer.body() instanceof InputStream unread) {
      discard(unread);
    }
    return isAsked;
  }

  private static void discard(InputStream unread) {
    try (unread) {
      var _ = unread.readAllBytes();
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.DEBUG, "A peer's refusal ended early", e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}

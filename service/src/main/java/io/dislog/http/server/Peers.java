package io.dislog.http.server;

import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import io.dislog.access.node.NodeCredential;
import io.dislog.access.node.NodeRequest;
import io.dislog.commit.Member;
import io.dislog.http.config.Limits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * The API of the other nodes, over connections that stay open; safe for use by many threads, and
 * never blocks.
 */
@Singleton
public final class Peers {

  /** Says by which node a request was sent on; such a request is not sent on again. */
  public static final String FORWARDED = "Dislog-Forwarded";

  /** Says of a refusal that nothing was done, for want of a leader. */
  public static final String NOT_LEADER = "Dislog-Not-Leader";

  /** For a connection: whoever does not take one may be followed by another leader by then. */
  public static final long CONNECT_MILLIS = 500;

  /** Shorter than the time after which a node closes a connection, so that it rarely does first. */
  private static final int KEEP_ALIVE_SECONDS = 30;

  private static final int MAX_HEADER_BYTES = 256 << 10;

  private final NodeCredential credential;
  private final HttpClient client;

  @Inject
  Peers(Vertx vertx, Limits limits, NodeIdentity identity) {
    credential = identity.credential();
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setMaxPoolSize(limits.maxPeerConnections())
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setTcpNoDelay(true));
  }

  /**
   * A request on its own connection; where there is none in time, nothing was sent.
   *
   * @param target path and query
   */
  public Future<HttpClientRequest> open(Member to, HttpMethod method, String target, long millis) {
    return client.request(
        new RequestOptions()
            .setHost(to.host().replaceAll("[\\[\\]]", ""))
            .setPort(to.httpPort())
            .setMethod(method)
            .setURI(target)
            .setConnectTimeout(millis));
  }

  /**
   * Has a request say from which node it comes, and for whom.
   *
   * @param self this node's id
   * @param mark for whom; empty where this node asks for itself
   */
  public void sign(HttpClientRequest request, Member to, String self, String mark) {
    request.putHeader(FORWARDED, self);
    NodeRequest asked = new NodeRequest(request.getMethod().name(), request.getURI(), mark);
    String shown = credential.show(to.httpAddress(), asked);
    if (shown != null) {
      request.putHeader(NodeCredential.HEADER, shown);
      if (!mark.isEmpty()) {
        request.putHeader(NodeCredential.MARK, mark);
      }
    }
  }

  /** Whether an answer says that the other does not take this node for one; nothing was done. */
  public static boolean isUnknown(HttpClientResponse answer) {
    return answer.statusCode() == HTTP_UNAUTHORIZED
        && answer.headers().contains(NodeCredential.NONCE);
  }

  /**
   * Takes in what the other wants to be shown, where it does not take this node for one.
   *
   * @return whether that is something else than it was shown, with which to ask again
   */
  public boolean isAskedAgain(Member to, HttpClientResponse answer) {
    String nonce = answer.getHeader(NodeCredential.NONCE);
    String shown = answer.request().headers().get(NodeCredential.HEADER);
    return nonce != null && isUnknown(answer) && credential.learn(to.httpAddress(), shown, nonce);
  }

  /** Asks another node for this node itself. */
  public Future<HttpClientResponse> ask(
      Member to, HttpMethod method, String target, long millis, String self, Buffer body) {
    return askOnce(to, method, target, millis, self, body)
        .compose(answer ->
            isAskedAgain(to, answer)
                ? askOnce(to, method, target, millis, self, body)
                : Future.succeededFuture(answer));
  }

  private Future<HttpClientResponse> askOnce(
      Member to, HttpMethod method, String target, long millis, String self, Buffer body) {
    return open(to, method, target, millis)
        .compose(request -> {
          sign(request, to, self, "");
          return request.send(body);
        });
  }
}

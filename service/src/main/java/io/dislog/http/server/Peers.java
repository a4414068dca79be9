package io.dislog.http.server;

import io.dislog.commit.Member;
import io.dislog.http.config.Limits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
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

  private final HttpClient client;

  @Inject
  Peers(Vertx vertx, Limits limits) {
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
}

package io.dislog.operator.node;

import io.dislog.operator.crd.DislogCluster;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.time.Duration;

/** All nodes of all clusters, over connections that stay open; safe for use by many threads. */
@Singleton
public final class Nodes implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(2);

  private final Addresses addresses;
  private final Duration patience;
  private final HttpClient http;

  @Inject
  public Nodes(Addresses addresses) {
    this(addresses, CONNECT, NodeClient.PATIENCE);
  }

  /**
   * Nodes that are waited for as long as somebody says.
   *
   * @param patience for a connection, and for an answer where nothing else is said
   */
  public Nodes(Addresses addresses, Duration patience) {
    this(addresses, patience, patience);
  }

  private Nodes(Addresses addresses, Duration connect, Duration patience) {
    this.addresses = addresses;
    this.patience = patience;
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(connect)
            .build();
  }

  /**
   * A node of a cluster, whether it is there or not.
   *
   * @param ordinal of its pod, from 0
   */
  public NodeClient of(DislogCluster cluster, int ordinal) {
    String id = "%s-%d".formatted(cluster.getMetadata().getName(), ordinal);
    return new NodeClient(http, id, addresses.of(cluster, ordinal), patience);
  }

  @Override
  @PreDestroy
  public void close() {
    http.shutdownNow(); // Whoever still waits for an answer need not hold up the end.
    http.close();
  }
}

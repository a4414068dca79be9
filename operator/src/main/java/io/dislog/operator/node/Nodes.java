package io.dislog.operator.node;

import io.dislog.operator.crd.DislogCluster;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** All nodes of all clusters, over connections that stay open; safe for use by many threads. */
@Singleton
public final class Nodes implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(2);

  private final Addresses addresses;
  private final Credential credential;
  private final Duration patience;
  private final HttpClient http;

  @Inject
  public Nodes(Addresses addresses, Credential credential) {
    this(addresses, credential, CONNECT, NodeClient.PATIENCE);
  }

  /** Nodes that are shown nothing. */
  public Nodes(Addresses addresses) {
    this(addresses, Credential.NONE);
  }

  /**
   * Nodes that are waited for as long as somebody says.
   *
   * @param patience for a connection, and for an answer where nothing else is said
   */
  public Nodes(Addresses addresses, Duration patience) {
    this(addresses, Credential.NONE, patience, patience);
  }

  private Nodes(Addresses addresses, Credential credential, Duration connect, Duration patience) {
    this.addresses = addresses;
    this.credential = credential;
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
    Conversation conversation =
        new Conversation(
            http, id, addresses.of(cluster, ordinal), patience, () -> credential.token(cluster));
    return new NodeClient(conversation, id, patience);
  }

  /** As whom nodes know the operator; null where they don't. */
  public @Nullable String operator() {
    return credential.account();
  }

  @Override
  @PreDestroy
  public void close() {
    http.shutdownNow(); // Whoever still waits for an answer need not hold up the end.
    http.close();
  }
}

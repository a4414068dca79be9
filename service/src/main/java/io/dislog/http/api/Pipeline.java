package io.dislog.http.api;

import io.dislog.http.cluster.Forwarding;
import io.dislog.http.cluster.Freshness;
import io.dislog.http.cluster.LogUses;
import io.dislog.http.config.ServiceConfig;
import io.dislog.http.server.Replication;
import io.dislog.http.stream.StreamRoute;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The way of a request to its resource: every filter, in the order in which they see it.
 *
 * <ol>
 *   <li>{@link AdmissionFilter} counts it, looks at its head, and admits and reads its body.
 *   <li>{@link Forwarding}, where there are others, sends a change to the node that leads what it
 *       is about.
 *   <li>{@link Freshness} holds a read until this node has what it must show.
 *   <li>{@link LogUses} notes that a log is read which lives only while it is used.
 *   <li>{@link StreamRoute} answers what is about a stream, and {@link AppendRoute} carries out an
 *       append, which no resource sees.
 * </ol>
 */
@Singleton
final class Pipeline {

  /** Before everything that the framework itself puts on the way of a request. */
  static final int FIRST = 100_000;

  /** Of the second filter: behind what looks at requests in general, before the resources. */
  private static final int SECOND = 20;

  private final AdmissionFilter admission;
  private final List<Handler<RoutingContext>> others;

  @Inject
  Pipeline(
      ServiceConfig config,
      AdmissionFilter admission,
      Forwarding forwarding,
      Freshness freshness,
      LogUses uses,
      StreamRoute streams,
      AppendRoute appends) {
    this.admission = admission;
    this.others =
        Replication.of(config).isPresent()
            ? List.of(forwarding::take, freshness::take, uses::take, streams::take, appends::take)
            : List.of(freshness::take, uses::take, streams::take, appends::take);
  }

  void register(@Observes Filters filters) {
    filters.register(admission::admit, FIRST);
    for (int place = 0; place < others.size(); place++) {
      filters.register(others.get(place), SECOND - place);
    }
  }
}

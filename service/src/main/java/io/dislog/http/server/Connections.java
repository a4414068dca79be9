package io.dislog.http.server;

import io.dislog.http.config.Limits;
import io.dislog.wire.HeadMemory;
import io.dislog.wire.Listener;
import io.dislog.wire.Listeners;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The connections to this process' ports: how many there may be, and what each may send. Safe for
 * use by many threads.
 *
 * <p>The management port has a few of its own, so that health is told when the API has no more.
 */
@Singleton
final class Connections {

  /**
   * Beyond what {@link io.dislog.http.api.AdmissionFilter} takes, so that it says what is too long,
   * and of which log.
   */
  private static final int MAX_LINE_BYTES = 128 << 10;

  private static final int MAX_HEADER_BYTES = 256 << 10;

  private final Listener api;
  private final Listener management;
  private final int managementPort;

  @Inject
  Connections(
      Limits limits,
      WireProblems refusals,
      @ConfigProperty(name = "quarkus.management.port", defaultValue = "9000") int managementPort) {
    this.managementPort = managementPort;
    HttpServerOptions options =
        new HttpServerOptions()
            .setMaxInitialLineLength(MAX_LINE_BYTES)
            .setMaxHeaderSize(MAX_HEADER_BYTES);
    HeadMemory heads = new HeadMemory(limits.maxHeadBytes());
    this.api = new Listener(limits.maxConnections(), options, refusals, heads);
    this.management = new Listener(limits.maxManagementConnections(), options, refusals, heads);
  }

  void guard(@Observes StartupEvent event, Vertx vertx, HttpServer server) {
    VertxInternal loops = (VertxInternal) vertx;
    new Listeners(loops.getEventLoopGroup(), port -> listener(server, port))
        .watch(loops.getAcceptorEventLoopGroup());
  }

  private @Nullable Listener listener(HttpServer server, int port) {
    // Where the system has not chosen it, the framework does not tell what was chosen.
    int actual = server.getManagementPort();
    if (port == (actual > 0 ? actual : managementPort)) {
      return management;
    }
    return port == server.getPort() || port == server.getSecurePort() ? api : null;
  }

  /** Connections to the API that are open. */
  int open() {
    return api.open();
  }

  /** Idle connections that were closed for new ones. */
  long displaced() {
    return api.displaced() + management.displaced();
  }

  /** New connections that were closed at once, for there were too many and none was idle. */
  long refused() {
    return api.refused() + management.refused();
  }
}

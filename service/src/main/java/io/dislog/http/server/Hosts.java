package io.dislog.http.server;

import io.dislog.commit.Member;
import io.dislog.commit.RaftConfig;
import io.dislog.http.config.Exposure;
import io.dislog.http.config.ServiceConfig;
import io.dislog.http.exchange.Problem;
import io.dislog.http.notation.MediaType;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.RequestPath;
import io.dislog.http.notation.Text;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By which names this service is called. Whoever owns a name can have it mean this machine for a
 * moment, and pages that came from there then ask this service as if they were its own; a browser
 * says by which name it asks. Safe for use by many threads.
 *
 * <p>Only where being here is all that somebody needs to be let in: where the service listens on
 * loopback alone, or nobody has written rules.
 */
@Singleton
public final class Hosts {

  private static final String SETTING = "dislog.http.allowed-hosts";

  /** Before everything that the framework itself puts on the way of a request. */
  private static final int FIRST = -100_000;

  private final boolean isAsked;
  private final HostNames names;
  private final ProblemMeters meters;

  @Inject
  Hosts(ServiceConfig config, Exposure exposure, ProblemMeters meters) {
    this.meters = meters;
    isAsked = exposure.isLoopbackAlone() || config.auth().rulesFile().isEmpty();
    names =
        new HostNames(
            config.http().allowedHosts().orElse(""),
            Replication.of(config).map(RaftConfig::peers).orElse(List.of()).stream()
                .map(Member::host)
                .toList());
  }

  /** The management port is called by the same names. */
  void register(@Observes ManagementInterface management) {
    management.router().route().order(FIRST).handler(this::filter);
  }

  private void filter(RoutingContext routing) {
    routing
        .response()
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin");
    Problem wrong = check(routing.request());
    if (wrong == null) {
      routing.next();
      return;
    }
    meters.count(wrong.type());
    routing
        .response()
        .setStatusCode(wrong.status())
        .putHeader("Content-Type", MediaType.PROBLEM)
        .end(Buffer.buffer(wrong.json(RequestPath.of(routing.request().path()))));
  }

  /**
   * Looks by which name a request calls this service.
   *
   * @return the refusal, or null where that is one of its names
   */
  public @Nullable Problem check(HttpServerRequest request) {
    if (!isAsked) {
      return null;
    }
    String wrong = names.foreign(request.getHeader("Host"), request.uri());
    return wrong == null
        ? null
        : Problem.of(
            ProblemType.WRONG_HOST,
            "this service is not called %s; %s names what it is called"
                .formatted(Text.safe(wrong), SETTING));
  }
}

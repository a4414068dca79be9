package io.dislog.http.api;

import io.dislog.access.Principal;
import io.dislog.http.access.Gate;
import io.dislog.http.access.NodeMarks;
import io.dislog.http.config.Limits;
import io.dislog.http.exchange.Address;
import io.dislog.http.exchange.Body;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.InFlight;
import io.dislog.http.exchange.OpenRequests;
import io.dislog.http.exchange.Problem;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.Route;
import io.dislog.http.server.Addressing;
import io.dislog.http.server.Hosts;
import io.dislog.http.server.LingeringClose;
import io.dislog.http.server.Origins;
import io.dislog.http.server.Peers;
import io.dislog.http.server.ProblemMeters;
import io.dislog.http.server.ProblemResponder;
import io.dislog.http.server.Problems;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every request passes before its resource sees it: counted, measured and, where it has a
 * body, admitted before the body is read, as far as {@link io.dislog.http.exchange.InFlight} has
 * room. Runs on event loops.
 */
@Singleton
public final class AdmissionFilter {

  private static final int MAX_REQUEST_LINE_BYTES = 16 << 10;
  private static final int MAX_HEADER_BYTES = 128 << 10;

  /** Bodies that aren't batches count among the bytes in flight only beyond this. */
  private static final int SMALL_BODY_BYTES = 16 << 10;

  private final ProblemResponder responder;
  private final OpenRequests requests;
  private final Hosts hosts;
  private final Origins origins;
  private final NodeMarks marks;
  private final Gate gate;
  private final ProblemMeters problemMeters;
  private final InFlight inFlight;
  private final long maxBytes;

  @Inject
  AdmissionFilter(
      ProblemResponder responder,
      OpenRequests requests,
      Hosts hosts,
      Origins origins,
      NodeMarks marks,
      Gate gate,
      ProblemMeters problemMeters,
      InFlight inFlight,
      Limits limits) {
    this.responder = responder;
    this.requests = requests;
    this.hosts = hosts;
    this.origins = origins;
    this.marks = marks;
    this.gate = gate;
    this.problemMeters = problemMeters;
    this.inFlight = inFlight;
    this.maxBytes = limits.maxBodyBytes();
  }

  /** What no route took, and what failed before one could. */
  void registerLast(@Observes Router router) {
    router
        .route()
        .last()
        .handler(
            routing -> refuse(routing, Addressing.notFound(Exchange.of(routing).path()), false));
    router.route().order(-Pipeline.FIRST).failureHandler(this::failed);
    router.errorHandler(400, this::failed);
  }

  void admit(RoutingContext routing) {
    Exchange exchange = Exchange.begin(routing);
    Future<Optional<Problem>> pretended = marks.settle(exchange);
    if (pretended.isComplete()) {
      admit(routing, exchange, pretended.result());
    } else { // Nothing after it takes long: who comes with a node's token needs no other.
      routing.request().pause();
      pretended.onComplete(settled ->
          exchange
              .context()
              .runOnContext(now -> {
                admit(routing, exchange, pretended.result());
                routing.request().resume();
              }));
    }
  }

  private void admit(RoutingContext routing, Exchange exchange, Optional<Problem> pretended) {
    if (!requests.enter()) {
      Problem stopping = Problem.of(ProblemType.NOT_READY, "the service is stopping");
      // Another node, which may lead soon, need not tell its client.
      boolean forwarded = routing.request().headers().contains(Peers.FORWARDED);
      refuse(routing, forwarded ? stopping.withHeader(Peers.NOT_LEADER, "true") : stopping, true);
      return;
    }
    routing.addEndHandler(end -> requests.leave());
    Problem flaw = pretended.isPresent() ? pretended.get() : flawBefore(exchange);
    if (flaw != null) {
      refuse(routing, flaw, flaw.type() == ProblemType.BATCH_TOO_LARGE);
    } else if (routing.request().method().equals(HttpMethod.OPTIONS)) {
      tellOptions(routing, exchange);
    } else {
      gate.pass(
          exchange, () -> admit(routing, exchange), problem -> refuse(routing, problem, false));
    }
  }

  /** What is wrong with a request, whoever sends it. */
  private @Nullable Problem flawBefore(Exchange exchange) {
    boolean isOfNode = exchange.permission().principal() instanceof Principal.Node;
    Problem foreign = isOfNode ? null : hosts.check(exchange.request());
    foreign = foreign != null ? foreign : origins.check(exchange);
    return foreign != null ? foreign : headFlaw(exchange);
  }

  /** Of a request whose sender may do what it asks for. */
  private void admit(RoutingContext routing, Exchange exchange) {
    Problem flaw = flaw(exchange);
    if (flaw != null) {
      if (flaw.status() == ProblemType.BAD_REQUEST.status()) {
        responder.about(exchange);
      }
      refuse(routing, flaw, false);
    } else if (hasBody(routing.request())) {
      admitBody(exchange, routing);
    } else {
      routing.next();
    }
  }

  private void tellOptions(RoutingContext routing, Exchange exchange) {
    Problem flaw = flaw(exchange);
    if (flaw != null) {
      refuse(routing, flaw, false);
      return;
    }
    Route route = Objects.requireNonNull(exchange.path().route());
    if (origins.answerPreflight(exchange, Set.copyOf(route.methods()))) {
      return;
    }
    exchange.with("Allow", route.allowed()).send(204);
  }

  private @Nullable Problem headFlaw(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    if (request.version() == null) {
      return Problem.of(ProblemType.BAD_REQUEST, "only HTTP/1.0 and HTTP/1.1 are supported");
    }
    long length = length(request);
    if (length > maxBytes) {
      return Body.tooLarge(maxBytes);
    }
    if (request.uri().length() > MAX_REQUEST_LINE_BYTES) {
      return Problem.of(
          ProblemType.URI_TOO_LONG,
          "the request line is longer than %d bytes".formatted(MAX_REQUEST_LINE_BYTES));
    }
    if (headerBytes(request) > MAX_HEADER_BYTES) {
      return Problem.of(
          ProblemType.HEADERS_TOO_LARGE,
          "the headers are larger than %d bytes".formatted(MAX_HEADER_BYTES));
    }
    return Addressing.misplaced(request.method().name(), exchange.path());
  }

  private static @Nullable Problem flaw(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    return Addressing.unfit(request.method().name(), exchange.path(), request.query());
  }

  private void admitBody(Exchange exchange, RoutingContext routing) {
    HttpServerRequest request = routing.request();
    String encoding = exchange.headerList("Content-Encoding");
    if (encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
      responder.about(exchange);
      refuse(
          routing,
          Problem.of(
              ProblemType.UNSUPPORTED_MEDIA_TYPE, "no Content-Encoding but identity is taken"),
          false);
      return;
    }
    long length = length(request);
    InFlight.Share share = null;
    if (counts(exchange, length)) {
      share = inFlight.begin(Address.of(request));
      if (!share.fits(Math.max(0, length))) {
        responder.about(exchange);
        refuse(routing, Body.tooBusy(), false);
        return;
      }
      exchange.share(share);
      InFlight.Share admitted = share;
      routing.addEndHandler(end -> admitted.letGo());
    }
    if (expectsContinue(request)) {
      exchange.sendContinue();
    }
    new Body(exchange, length, maxBytes, share, problem -> refuse(routing, problem, true))
        .read(routing::next);
  }

  private void refuse(RoutingContext routing, Problem problem, boolean close) {
    problemMeters.count(problem.type());
    Exchange exchange = Exchange.of(routing);
    if (expectsContinue(routing.request()) && !exchange.continued()) {
      new LingeringClose(exchange).sendInsteadOfContinue(problem);
    } else {
      new LingeringClose(exchange).send(problem, close);
    }
  }

  private void failed(RoutingContext routing) {
    if (Exchange.of(routing) == null) {
      Exchange.begin(routing);
    }
    int status = routing.statusCode();
    Throwable failure = routing.failure();
    Problem problem =
        status == 400 || failure instanceof IllegalArgumentException
            ? Problem.of(ProblemType.BAD_REQUEST, "the path can't be read")
            : status == 404
                ? Addressing.notFound(Exchange.of(routing).path())
                : Problems.of(
                    failure == null ? new IllegalStateException("status " + status) : failure);
    if (!routing.response().headWritten()) {
      refuse(routing, problem, true);
    } else {
      routing.request().connection().close();
    }
  }

  private static boolean hasBody(HttpServerRequest request) {
    return length(request) != 0;
  }

  /** Bytes of the body, or -1 where they are not known before it ends. */
  private static long length(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    if (length != null) {
      return Long.parseLong(length);
    }
    return request.headers().contains("Transfer-Encoding") ? -1 : 0;
  }

  private static boolean counts(Exchange exchange, long length) {
    return length < 0
        || length > SMALL_BODY_BYTES
        || (exchange.request().method().equals(HttpMethod.POST) && exchange.path().isOfRecords());
  }

  private static boolean expectsContinue(HttpServerRequest request) {
    return "100-continue".equalsIgnoreCase(request.getHeader("Expect"));
  }

  private static int headerBytes(HttpServerRequest request) {
    int bytes = 0;
    for (Map.Entry<String, String> header : request.headers()) {
      bytes += header.getKey().length() + header.getValue().length() + 4;
    }
    return bytes;
  }
}

package io.dislog.http.server;

import io.dislog.http.config.ServiceConfig;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.Problem;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.Text;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pages of which origins may ask this service through somebody's browser: its own, and those that
 * {@code dislog.http.allowed-origins} names, which get what CORS needs (Fetch Standard, 3.2). Safe
 * for use by many threads.
 */
@Singleton
public final class Origins {

  private static final String ANY = "*";
  private static final String MAX_AGE_SECONDS = "600";
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /** What Durable Streams and this API have requests say beside what every page may. */
  private static final String REQUEST_HEADERS =
      "Content-Type, Authorization, If-Match, If-None-Match, Last-Event-ID, Prefer, Stream-Seq,"
          + " Stream-TTL, Stream-Expires-At, Stream-Closed, Stream-Forked-From, Stream-Fork-Offset,"
          + " Stream-Fork-Sub-Offset, Producer-Id, Producer-Epoch, Producer-Seq, Dislog-Key,"
          + " Dislog-Expected-Offset, Dislog-Close";

  /** What pages may read of an answer beside what they always may. */
  private static final String ANSWER_HEADERS =
      "ETag, Location, Retry-After, Stream-Next-Offset, Stream-Cursor, Stream-Up-To-Date,"
          + " Stream-Closed, Stream-TTL, Stream-Expires-At, Stream-SSE-Data-Encoding,"
          + " Producer-Epoch, Producer-Seq, Producer-Expected-Seq, Producer-Received-Seq,"
          + " Dislog-Earliest-Offset, Dislog-End-Offset, Dislog-Base-Offset, Dislog-Next-Offset,"
          + " Dislog-Offset, Dislog-Timestamp, Dislog-Key, Dislog-Duplicate, Dislog-Closed,"
          + " Dislog-Consistency";

  /** What may become of a record in a browser, in which nothing of it runs. */
  private static final Set<String> SHOWN_ALONE = Set.of("empty", "document", "image");

  private final Set<String> allowed;

  @Inject
  Origins(ServiceConfig config) {
    this(config.http().allowedOrigins().orElse(""));
  }

  Origins(String allowedOrigins) {
    allowed =
        Stream.of(allowedOrigins.split(","))
            .map(origin -> origin.strip().toLowerCase(Locale.ROOT))
            .filter(origin -> !origin.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Looks from which page a request comes. Where that is another origin's, and it is allowed, the
   * answer is made readable for it.
   *
   * @return the refusal, or null where the request goes on
   */
  public @Nullable Problem check(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    if (request.headers().contains(Peers.FORWARDED)) {
      return null; // It was looked at where it arrived; no page can have a browser say so.
    }
    if (exchange.path().showsContent() && !isShownAlone(request)) {
      return Problem.of(
          ProblemType.FORBIDDEN_ORIGIN, "records are no scripts, styles or parts of a page");
    }
    String origin = request.getHeader("Origin");
    if (origin == null) {
      return isOfAnotherSite(request) ? refusal("another site") : null;
    }
    if (isOwn(origin, request)) {
      return null;
    }
    if (!allowed.contains(ANY) && !allowed.contains(origin.toLowerCase(Locale.ROOT))) {
      return refusal(Text.safe(origin));
    }
    exchange
        .with("Access-Control-Allow-Origin", origin)
        .with("Access-Control-Expose-Headers", ANSWER_HEADERS)
        .with("Vary", "Origin");
    exchange.markCrossOrigin();
    return null;
  }

  /** Answers a browser that asks whether a page may ask; whether it did. */
  public boolean answerPreflight(Exchange exchange, Set<String> methods) {
    HttpServerRequest request = exchange.request();
    boolean isPreflight =
        request.method().equals(HttpMethod.OPTIONS)
            && request.headers().contains("Access-Control-Request-Method")
            && exchange.response().headers().contains("Access-Control-Allow-Origin");
    if (isPreflight) {
      exchange
          .with("Access-Control-Allow-Methods", String.join(", ", new TreeSet<>(methods)))
          .with("Access-Control-Allow-Headers", REQUEST_HEADERS)
          .with("Access-Control-Max-Age", MAX_AGE_SECONDS)
          .send(204);
    }
    return isPreflight;
  }

  private static Problem refusal(String origin) {
    return Problem.of(
        ProblemType.FORBIDDEN_ORIGIN,
        "pages of %s may not ask this service; dislog.http.allowed-origins allows origins"
            .formatted(origin));
  }

  /** Browsers say what becomes of the answer: nothing that runs, or styles what runs. */
  private static boolean isShownAlone(HttpServerRequest request) {
    String destination = request.getHeader("Sec-Fetch-Dest");
    return destination == null || SHOWN_ALONE.contains(destination);
  }

  /** Some requests of pages have no origin; browsers say of each from which site it comes. */
  private static boolean isOfAnotherSite(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    boolean isForeign = "cross-site".equals(site) || "same-site".equals(site);
    boolean isNavigation =
        request.method().equals(HttpMethod.GET)
            && "navigate".equals(request.getHeader("Sec-Fetch-Mode"));
    return isForeign && !isNavigation;
  }

  /** Whether host and port are those that the request was sent to. */
  private static boolean isOwn(String origin, HttpServerRequest request) {
    String host = request.getHeader("Host");
    try {
      URI from = URI.create(origin);
      boolean isSecure = "https".equals(from.getScheme());
      URI to = URI.create((isSecure ? "https://" : "http://") + host);
      return from.getHost() != null
          && from.getHost().equalsIgnoreCase(to.getHost())
          && port(from, isSecure) == port(to, isSecure);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static int port(URI of, boolean isSecure) {
    return of.getPort() >= 0 ? of.getPort() : isSecure ? HTTPS_PORT : HTTP_PORT;
  }
}

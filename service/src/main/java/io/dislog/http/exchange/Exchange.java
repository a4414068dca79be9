package io.dislog.http.exchange;

import io.dislog.api.ApiJson;
import io.dislog.http.notation.MediaType;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.RequestPath;
import io.dislog.shard.LogView;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. Used by one thread at a time.
 *
 * <p>Its answer says what the log's ends are, whoever writes it, as soon as it is known which log
 * the request is about.
 */
public final class Exchange {

  private static final Logger LOG = Logger.getLogger(Exchange.class);
  private static final List<String> PATCHES = List.of(MediaType.MERGE_PATCH, MediaType.JSON);
  private static final String KEY = Exchange.class.getName();

  private final RoutingContext routing;
  private final Context context;
  private final RequestPath path;
  private final AnswerHeaders answer;
  private ByteBuffer body = ByteBuffer.allocate(0);
  private InFlight.@Nullable Share share;
  private boolean continued;
  private volatile Permission permission = Permission.NONE;
  private final Revocation revocation = new Revocation(this::abort);

  private Exchange(RoutingContext routing) {
    this.routing = routing;
    this.context = Vertx.currentContext();
    this.path = RequestPath.of(routing.request().path());
    this.answer = new AnswerHeaders(path);
    routing.put(KEY, this);
    routing.addHeadersEndHandler(end -> answer.complete(response().headers(), permission));
  }

  /** The exchange of a request that just came in. */
  public static Exchange begin(RoutingContext routing) {
    return new Exchange(routing);
  }

  /** The exchange that was begun for this request. */
  public static Exchange of(RoutingContext routing) {
    return routing.get(KEY);
  }

  public HttpServerRequest request() {
    return routing.request();
  }

  public HttpServerResponse response() {
    return routing.response();
  }

  /** The event loop on which this request came in. */
  public Context context() {
    return context;
  }

  public RequestPath path() {
    return path;
  }

  public boolean isHead() {
    return request().method().equals(HttpMethod.HEAD);
  }

  public Query query() {
    return new Query(request().query());
  }

  /** A header that may stand once, or null. */
  public @Nullable String header(String name) {
    List<String> values = request().headers().getAll(name);
    if (values.size() > 1) {
      throw ProblemException.badRequest("the header " + name + " is given more than once");
    }
    return values.isEmpty() ? null : values.getFirst();
  }

  /** A header that may stand several times, as one list, or null. */
  public @Nullable String headerList(String name) {
    List<String> values = request().headers().getAll(name);
    return values.isEmpty() ? null : String.join(",", values);
  }

  /** Lets a client that waits for leave send its body. */
  public void sendContinue() {
    continued = true;
    response().writeContinue();
  }

  public boolean continued() {
    return continued;
  }

  /** The whole body, on the heap. */
  public ByteBuffer body() {
    return body;
  }

  public void body(ByteBuffer whole) {
    body = whole;
  }

  /** Takes so many of the bytes in flight more, or none and says false where there are none. */
  public boolean grow(long bytes) {
    return share == null || share.grow(bytes);
  }

  /** Has the bytes in flight that this request takes count. */
  public void share(InFlight.Share taken) {
    share = taken;
  }

  /** Keeps what this request holds until its command is done, even if its client goes away. */
  public void holdShareUntil(CompletionStage<?> done) {
    InFlight.Share held = share;
    if (held != null) {
      held.hold();
      done.whenComplete((answer, failure) -> held.letGo());
    }
  }

  /** Refuses a patch in any other format. */
  public void requireMergePatch() {
    String header = header("Content-Type");
    MediaType type = header == null ? null : MediaType.parse(header);
    if (type == null || !PATCHES.contains(type.name()) || !type.isUtf8()) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          "a patch is " + MediaType.MERGE_PATCH + " or " + MediaType.JSON);
    }
  }

  /** Who sent the request, and what they may. */
  public Permission permission() {
    return permission;
  }

  /** Says who was found to have sent the request. */
  public void permission(Permission found) {
    permission = found;
  }

  /** Whether the sender no longer may have what it asked for; its client is then left. */
  public Revocation revocation() {
    return revocation;
  }

  /** Names the log that this exchange is about. */
  public LogView about(LogView known) {
    answer.about(() -> LogEnds.of(known));
    return known;
  }

  /** Says what another node told of the log that this exchange is about. */
  public void about(LogEnds told) {
    answer.about(() -> told);
  }

  /** Leaves it to whoever answers to say what the log's ends are. */
  public void aboutNothing() {
    answer.about(null);
  }

  /** Says in the answer that it tells what is committed here, which others may have gone beyond. */
  public void markLocal() {
    answer.markLocal();
  }

  /** Whether the answer tells what is committed here, which others may have gone beyond. */
  public boolean isLocal() {
    return answer.isLocal();
  }

  /** How the client calls this service, from the scheme to the port; empty where it did not say. */
  public String origin() {
    String host = request().getHeader("Host");
    return host == null ? "" : request().scheme() + "://" + host;
  }

  /** A page of another origin may read the answer. */
  public void markCrossOrigin() {
    answer.markCrossOrigin();
  }

  /** Whether a page of another origin sent the request, through somebody's browser. */
  public boolean isCrossOrigin() {
    return answer.isCrossOrigin();
  }

  /** Calls back when the client goes away before its answer was there whole. */
  public void onGone(Runnable listener) {
    response().closeHandler(gone -> listener.run());
  }

  /** Calls back once the request is over, with whether its answer was sent whole. */
  public void onEnd(Consumer<Boolean> listener) {
    routing.addEndHandler(end -> listener.accept(end.succeeded()));
  }

  /** Leaves the client with what it has got of an answer that can't be finished. */
  public void abort() {
    request().connection().close();
  }

  /** Adds a header to the answer. */
  public Exchange with(String name, String value) {
    response().putHeader(name, value);
    return this;
  }

  /** Answers without a body. */
  public void send(int status) {
    settle(response().setStatusCode(status).end());
  }

  /** Answers with a body, which a HEAD request gets the headers of. */
  public void send(int status, String contentType, Buffer content) {
    HttpServerResponse response = response().setStatusCode(status);
    response.putHeader("Content-Type", contentType);
    if (isHead()) {
      settle(response.putHeader("Content-Length", Integer.toString(content.length())).end());
    } else {
      settle(response.end(content));
    }
  }

  public void sendJson(int status, Json.Content content) {
    send(status, MediaType.JSON, Buffer.buffer(Json.bytes(content)));
  }

  /** Answers with a record of {@code io.dislog.api}, or with a tree. */
  public void sendJson(int status, Object said) {
    send(status, MediaType.JSON, Buffer.buffer(ApiJson.write(said)));
  }

  public void send(Problem problem) {
    problem.headers().forEach(this::with);
    send(problem.status(), MediaType.PROBLEM, Buffer.buffer(problem.json(path())));
  }

  /**
   * Makes an answer that may be sent piece by piece.
   *
   * @throws IOException or another exception, where nothing was sent yet
   */
  public void attempt(Attempt attempt) throws IOException {
    try {
      attempt.run();
    } catch (ClientGone gone) {
      abort();
    } catch (IOException | RuntimeException e) {
      if (!response().headWritten()) {
        response().headers().clear();
        throw e;
      }
      // A refusal halfway is no fault of the service, and as frequent as its clients make it.
      LOG.log(
          e instanceof ProblemException ? Logger.Level.DEBUG : Logger.Level.ERROR,
          "An answer could not be finished",
          e);
      abort();
    }
  }

  /** What makes an answer. */
  public interface Attempt {
    void run() throws IOException;
  }

  /**
   * Waits until the answer is on its way, unless this is the event loop, where it already is: the
   * framework, which goes on when its resource returns, would change headers that are not sent.
   */
  private static void settle(Future<Void> sent) {
    if (!Context.isOnEventLoopThread()) {
      try {
        BackpressuredOutput.await(sent);
      } catch (IOException gone) {
        LOG.debug("The client went away", gone);
      }
    }
  }
}

package io.dislog.http.server;

import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.Problem;
import io.dislog.http.notation.MediaType;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/**
 * A refusal of a request whose body may still be on its way. Runs on the request's event loop.
 *
 * <p>The client gets all of the answer at once. The answer is ended, and the connection closed
 * where that was said, only when the client has sent the rest of its body, which is thrown away, or
 * when patience ends: closing a socket that has unread bytes would reset the connection, and the
 * client would lose the answer.
 */
public final class LingeringClose {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Exchange exchange;
  private boolean ended;

  public LingeringClose(Exchange exchange) {
    this.exchange = exchange;
  }

  /**
   * Sends a problem to a client that sends the rest of its body all the same.
   *
   * @param close whether the connection takes no further request
   */
  public void send(Problem problem, boolean close) {
    HttpServerRequest request = exchange.request();
    if (close) {
      exchange.with("Connection", "close");
    }
    write(problem);
    if (request.isEnded()) {
      end();
      if (close) {
        closeConnection();
      }
      return;
    }
    Vertx vertx = exchange.context().owner();
    long timer =
        vertx.setTimer(
            PATIENCE.toMillis(),
            fired -> {
              end();
              closeConnection();
            });
    request.handler(discarded -> {});
    request.endHandler(end -> {
      vertx.cancelTimer(timer);
      end();
      if (close) {
        closeConnection();
      }
    });
    request.exceptionHandler(gone -> vertx.cancelTimer(timer));
    request.resume();
  }

  /** Sends a problem to a client that waits for leave to send its body, and so sends none of it. */
  public void sendInsteadOfContinue(Problem problem) {
    exchange.with("Connection", "close");
    write(problem);
    exchange.response().end().onComplete(sent -> closeConnection());
  }

  private void write(Problem problem) {
    HttpServerResponse response = exchange.response().setStatusCode(problem.status());
    problem.headers().forEach(exchange::with);
    byte[] json = problem.json(exchange.path());
    exchange.with("Content-Type", MediaType.PROBLEM);
    exchange.with("Content-Length", Integer.toString(json.length));
    response.write(Buffer.buffer(exchange.isHead() ? new byte[0] : json));
  }

  private void end() {
    if (!ended && !exchange.response().closed()) {
      ended = true;
      exchange.response().end();
    }
  }

  private void closeConnection() {
    exchange.request().connection().close();
  }
}

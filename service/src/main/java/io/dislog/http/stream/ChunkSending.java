package io.dislog.http.stream;

import io.dislog.http.exchange.Exchange;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.function.Function;

/**
 * A chunk on its way to one of its readers, who is left where its connection does not take the
 * chunk: what slow readers hold, all readers together have less of. Runs on the reader's event
 * loop.
 */
final class ChunkSending {

  private static final long PATIENCE_MILLIS = Duration.ofSeconds(60).toMillis();

  private ChunkSending() {}

  /**
   * Sends a chunk, which is released once the connection has taken it.
   *
   * @param write has the connection take bytes
   */
  static void begin(Exchange exchange, Chunk chunk, Function<Buffer, Future<Void>> write) {
    Future<Void> sent = write.apply(chunk.buffer()).onComplete(taken -> chunk.release());
    if (!sent.isComplete()) {
      Vertx vertx = exchange.context().owner();
      long timer = vertx.setTimer(PATIENCE_MILLIS, fired -> exchange.abort());
      sent.onComplete(taken -> vertx.cancelTimer(timer));
    }
  }
}

package io.dislog.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A body while it comes in, into one array on the heap. Runs on the request's event loop.
 *
 * <p>A body that does not come whole in one piece must be there within a time, so that nobody holds
 * bytes by sending none.
 */
final class Body {

  /** For a body of any size. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** And so much longer per byte: 64 KiB a second at the least. */
  private static final long BYTES_PER_MILLI = 64;

  private static final long NO_TIMER = -1;
  private static final int FIRST_BYTES = 4 << 10;

  private final Exchange exchange;
  private final long length;
  private final long maxBytes;
  private final InFlight.@Nullable Share share;
  private final Consumer<Problem> refuse;
  private byte[] bytes = {};
  private int size;
  private boolean over;
  private long timer = NO_TIMER;

  /**
   * @param length in bytes, or -1 where it is not known
   * @param maxBytes beyond which it is refused
   * @param share of the bytes in flight, or null where it does not count
   * @param refuse is told at most once
   */
  Body(
      Exchange exchange,
      long length,
      long maxBytes,
      InFlight.@Nullable Share share,
      Consumer<Problem> refuse) {
    this.exchange = exchange;
    this.length = length;
    this.maxBytes = maxBytes;
    this.share = share;
    this.refuse = refuse;
  }

  static Problem tooLarge(long maxBytes) {
    return Problem.of(
            ProblemType.BATCH_TOO_LARGE, "the body is larger than %d bytes".formatted(maxBytes))
        .with("limit", maxBytes);
  }

  /** Reads all of it, then goes on. */
  void read(Runnable next) {
    HttpServerRequest request = exchange.request();
    request.handler(this::add);
    request.exceptionHandler(failure -> finish());
    request.endHandler(end -> {
      if (!over) {
        finish();
        exchange.body(ByteBuffer.wrap(bytes, 0, size));
        next.run();
      }
    });
  }

  private void add(Buffer chunk) {
    if (over) {
      return;
    }
    if (size + chunk.length() > maxBytes) {
      give(tooLarge(maxBytes));
    } else if (length < 0 && share != null && !share.grow(chunk.length())) {
      give(Problem.of(ProblemType.TOO_BUSY, "more bytes wait than the service holds"));
    } else {
      ensure(size + chunk.length());
      chunk.getBytes(bytes, size);
      size += chunk.length();
      if (timer == NO_TIMER && size != length) {
        startTimer();
      }
    }
  }

  private void ensure(int needed) {
    if (needed > bytes.length) {
      int capacity =
          length < 0 ? (int) Math.min(maxBytes, Math.max(FIRST_BYTES, 2L * needed)) : (int) length;
      bytes = Arrays.copyOf(bytes, Math.max(needed, capacity));
    }
  }

  private void startTimer() {
    long expected = length < 0 ? maxBytes : length;
    long millis = PATIENCE.toMillis() + expected / BYTES_PER_MILLI;
    timer =
        exchange
            .context()
            .owner()
            .setTimer(
                millis,
                fired ->
                    give(Problem.of(ProblemType.BAD_REQUEST, "the body did not come in time")));
  }

  private void give(Problem problem) {
    if (!over) {
      finish();
      bytes = new byte[0];
      refuse.accept(problem);
    }
  }

  private void finish() {
    over = true;
    Vertx vertx = exchange.context().owner();
    if (timer != NO_TIMER) {
      vertx.cancelTimer(timer);
    }
  }
}

package io.dislog.http.exchange;

import io.dislog.http.notation.ProblemType;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A body while it comes in, into one array on the heap, which grows as it comes. Runs on the
 * request's event loop.
 *
 * <p>A body that comes too slowly is given up before it is seen here, by {@link
 * io.dislog.wire.Listener}.
 */
public final class Body {

  private static final int FIRST_BYTES = 4 << 10;

  private final Exchange exchange;
  private final long length;
  private final long maxBytes;
  private final InFlight.@Nullable Share share;
  private final Consumer<Problem> refuse;
  private byte[] bytes = {};
  private int size;
  private boolean over;

  /**
   * @param length in bytes, or -1 where it is not known
   * @param maxBytes beyond which it is refused
   * @param share of the bytes in flight, or null where it does not count
   * @param refuse is told at most once
   */
  public Body(
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

  public static Problem tooLarge(long maxBytes) {
    return Problem.of(
            ProblemType.BATCH_TOO_LARGE, "the body is larger than %d bytes".formatted(maxBytes))
        .with("limit", maxBytes);
  }

  public static Problem tooBusy() {
    return Problem.of(ProblemType.TOO_BUSY, "more bytes wait than the service holds");
  }

  /** Reads all of it, then goes on. */
  public void read(Runnable next) {
    HttpServerRequest request = exchange.request();
    request.handler(this::add);
    request.exceptionHandler(failure -> over = true);
    request.endHandler(end -> {
      if (!over) {
        over = true;
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
    } else if (!ensure(size + chunk.length())) {
      give(tooBusy());
    } else {
      chunk.getBytes(bytes, size);
      size += chunk.length();
    }
  }

  /** Never more than twice what has come: what is only announced takes nothing. */
  private boolean ensure(int needed) {
    if (needed <= bytes.length) {
      return true;
    }
    long most = length < 0 ? maxBytes : length;
    int capacity = (int) Math.min(most, Math.max(FIRST_BYTES, 2L * needed));
    if (share != null && !share.grow(capacity - bytes.length)) {
      return false;
    }
    bytes = Arrays.copyOf(bytes, capacity);
    return true;
  }

  private void give(Problem problem) {
    over = true;
    bytes = new byte[0];
    if (share != null) {
      share.free();
    }
    refuse.accept(problem);
  }
}

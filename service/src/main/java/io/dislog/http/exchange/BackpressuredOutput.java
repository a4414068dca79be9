package io.dislog.http.exchange;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An answer's body as it is written, at the client's pace: two chunks at most are on their way. For
 * one virtual thread, which waits here while the client doesn't read.
 */
public final class BackpressuredOutput extends OutputStream {

  private static final int CHUNK_BYTES = 64 << 10;
  private static final int FIRST_BYTES = 1 << 10;
  private static final long LOOK_MILLIS = 250;
  private static final byte[] NONE = {};

  private final Exchange exchange;
  private final HttpServerResponse response;
  private final Patience patience;
  private byte[] chunk = NONE;
  private int size;
  private Future<Void> sent = Future.succeededFuture();

  public BackpressuredOutput(Exchange exchange) {
    this(exchange, () -> {});
  }

  /**
   * @param patience is asked again and again while the client does not read
   */
  public BackpressuredOutput(Exchange exchange, Patience patience) {
    this.exchange = exchange;
    this.response = exchange.response();
    this.patience = patience;
  }

  /** Says how long a client that does not read is waited for. */
  public interface Patience {
    /** Throws once it is over. */
    void check() throws IOException;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    write(ByteBuffer.wrap(bytes, from, count));
  }

  /** Writes all that the buffer has left. */
  public void write(ByteBuffer bytes) throws IOException {
    ByteBuffer rest = bytes.duplicate();
    while (rest.hasRemaining()) {
      if (size == CHUNK_BYTES) {
        sendChunk();
      }
      int part = Math.min(rest.remaining(), CHUNK_BYTES - size);
      ensure(size + part);
      rest.get(chunk, size, part);
      size += part;
    }
  }

  /**
   * Sends what was written, and waits until the client's connection has taken all of it. Between
   * two of these a stream may wait for long, and holds nothing.
   */
  @Override
  public void flush() throws IOException {
    if (size > 0) {
      sendChunk();
    }
    chunk = NONE;
    await(sent, patience);
  }

  /**
   * Ends the answer; a body that fitted in one chunk goes with its length. To close the stream does
   * nothing, so that an answer which could not be finished never looks as if it was.
   */
  public void end() throws IOException {
    if (exchange.isHead()) {
      await(response.end());
      return;
    }
    await(sent, patience);
    await(response.end(Buffer.buffer(size).appendBytes(chunk, 0, size)), patience);
    size = 0;
  }

  /** Waits for something that the connection does. */
  public static void await(Future<Void> future) throws IOException {
    await(future, () -> {});
  }

  private static void await(Future<Void> future, Patience patience) throws IOException {
    CompletableFuture<Void> done = future.toCompletionStage().toCompletableFuture();
    while (true) {
      try {
        done.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        patience.check();
      } catch (ExecutionException e) {
        throw new ClientGone(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ClientGone(e);
      }
    }
  }

  private void ensure(int needed) {
    if (needed > chunk.length) {
      chunk = Arrays.copyOf(chunk, Math.clamp(2L * needed, FIRST_BYTES, CHUNK_BYTES));
    }
  }

  private void sendChunk() throws IOException {
    await(sent, patience);
    if (!exchange.isHead()) {
      if (!response.headWritten() && !response.headers().contains("Content-Length")) {
        response.setChunked(true);
      }
      sent = response.write(Buffer.buffer(size).appendBytes(chunk, 0, size));
    }
    size = 0;
  }
}

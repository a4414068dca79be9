package io.dislog.http.stream;

import io.dislog.http.exchange.BackpressuredOutput;
import io.dislog.http.exchange.ClientGone;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.notation.MediaType;
import io.dislog.http.server.LargeReads;
import io.dislog.http.server.WaitingReads;
import io.dislog.http.stream.Tail.Waiter;
import io.dislog.log.OffsetOutOfRangeException;
import io.dislog.log.RecordRange;
import io.dislog.shard.LogView;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A reader that gets a stream as server-sent events (5.8): what is there, a chunk at a time as its
 * connection takes them, and then what comes, until the stream is closed, the reader's time is
 * over, its client goes away, or the service stops.
 *
 * <p>Begins on its event loop. It goes on in steps, of which one follows the other, on threads that
 * it has for no longer than a step; while it waits, or the connection takes a chunk, it has none.
 */
final class EventReader implements Waiter {

  /** Chunks up to this size are worth a copy, which goes with the event behind it in one piece. */
  private static final int SMALL_BYTES = 4 << 10;

  private final ReadContext context;
  private final Exchange exchange;
  private final LogView log;
  private final StreamRead read;
  private final Form form;
  private final WaitingReads.Turn turn;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile boolean over;
  private long timer;

  /** What is sent next, and whether the reader was told what is up to there. */
  private long next;

  private boolean told;

  /** A reader that may wait. */
  EventReader(ReadContext context, Exchange exchange, LogView log, StreamRead read, long from) {
    this.context = context;
    this.exchange = exchange;
    this.log = log;
    this.read = read;
    this.next = from;
    this.form = Form.ofEvents(ContentType.of(log));
    this.turn = context.waitingReads.beginWithoutThread();
  }

  /** Sends the first events. */
  void begin() {
    exchange.response().setStatusCode(200);
    exchange.with("Content-Type", MediaType.EVENTS).with("Cache-Control", "no-cache");
    if (form == Form.BASE64_EVENT) {
      exchange.with(StreamHeader.DATA_ENCODING, "base64");
    }
    timer =
        exchange
            .context()
            .owner()
            .setTimer(context.times.eventsMillis(log.traits()), fired -> giveUp());
    context.meters.streamBegan();
    exchange.onGone(this::giveUp);
    exchange.revocation().listen(this::giveUp);
    context.blocking.run(exchange, this::step);
  }

  @Override
  public long next() {
    return next;
  }

  @Override
  public void wake() {
    context.blocking.run(exchange, this::step);
  }

  private void giveUp() {
    over = true;
    leave();
  }

  private void leave() {
    if (context.tails.leave(log, this)) {
      end();
    }
  }

  /** Goes on until there is nothing to send, or the connection has to take something first. */
  private void step() throws IOException {
    try {
      if (isOver()) {
        end();
      } else if (next < log.extent().endOffset()) {
        sendSome();
      } else if (!told || log.closed()) {
        sendControl();
      } else {
        await();
      }
    } catch (OffsetOutOfRangeException trimmed) {
      end(); // What it would get next is gone, and asking again says so.
    } catch (IOException | RuntimeException e) {
      release();
      throw e;
    }
  }

  private void await() {
    context.tails.join(log, this);
    if (isOver()) {
      leave();
    }
  }

  private void sendSome() throws IOException {
    Chunk chunk = context.chunks.take(log, next, form);
    if (chunk == null) {
      sendAlone();
      return;
    }
    next = chunk.next();
    context.meters.read(chunk.records(), chunk.valueBytes());
    if (chunk.size() <= SMALL_BYTES) {
      Buffer both = Buffer.buffer(chunk.size()).appendBuffer(chunk.buffer());
      chunk.release();
      write(both.appendString(control()));
    } else {
      Buffer control = Buffer.buffer(control());
      onLoop(() -> {
        ChunkSending.begin(exchange, chunk, begun()::write);
        begun().write(control).onComplete(this::taken);
      });
    }
  }

  /** Records that are not shared, at this reader's pace, which the thread waits for. */
  private void sendAlone() throws IOException {
    try (RecordRange range = ChunkCache.range(log, next);
        LargeReads.Turn patience = context.largeReads.begin(range.valueBytes())) {
      BackpressuredOutput out =
          new BackpressuredOutput(
              exchange,
              () -> {
                patience.check();
                checkWanted();
              });
      form.write(range, out::write);
      out.flush();
      next = range.nextOffset();
      context.meters.read(range.count(), range.valueBytes());
    }
    sendControl();
  }

  private void checkWanted() throws ClientGone {
    if (log.deleted() || context.requests.stopping()) {
      throw new ClientGone("the stream is over");
    }
  }

  private void sendControl() {
    write(Buffer.buffer(control()));
  }

  /** How far the reader is with what it was sent before. */
  private String control() {
    ReadProgress progress = ReadProgress.at(log, next);
    told = true;
    if (progress.closed()) {
      over = true;
    }
    return progress.event(context.next(read.cursor()));
  }

  private void write(Buffer events) {
    onLoop(() -> begun().write(events).onComplete(this::taken));
  }

  private void onLoop(Runnable work) {
    exchange.context().runOnContext(on -> work.run());
  }

  /** The answer, of which nobody knows how long it will be. */
  private HttpServerResponse begun() {
    HttpServerResponse response = exchange.response();
    return response.headWritten() ? response : response.setChunked(true);
  }

  /** Most readers have nothing more to get then, and wait. */
  private void taken(AsyncResult<Void> sent) {
    if (sent.failed() || isOver()) {
      end();
    } else if (next < log.extent().endOffset()) {
      wake();
    } else {
      await();
    }
  }

  private boolean isOver() {
    return over || log.deleted() || context.requests.stopping() || exchange.response().closed();
  }

  private void end() {
    if (release() && !exchange.response().closed()) {
      exchange.response().end();
    }
  }

  /** Gives back what the reader holds, once. */
  private boolean release() {
    boolean first = !ended.getAndSet(true);
    if (first) {
      exchange.context().owner().cancelTimer(timer);
      context.meters.streamEnded();
      turn.close();
    }
    return first;
  }
}

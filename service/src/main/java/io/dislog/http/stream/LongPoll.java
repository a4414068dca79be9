package io.dislog.http.stream;

import io.dislog.http.exchange.Exchange;
import io.dislog.http.server.WaitingReads;
import io.dislog.http.stream.Tail.Waiter;
import io.dislog.shard.LogView;
import java.io.IOException;

/**
 * A reader that waits at the end of a stream for one answer (5.7). Begins on its event loop; what
 * ends its wait, a commit, the clock, its client or the service's stop, does so on any thread,
 * once.
 */
final class LongPoll implements Waiter {

  private final ReadContext context;
  private final Exchange exchange;
  private final LogView log;
  private final StreamRead read;
  private final long from;
  private final WaitingReads.Turn turn;
  private long timer;

  /** A reader that may wait. */
  LongPoll(ReadContext context, Exchange exchange, LogView log, StreamRead read, long from) {
    this.context = context;
    this.exchange = exchange;
    this.log = log;
    this.read = read;
    this.from = from;
    this.turn = context.waitingReads.beginWithoutThread();
  }

  /** Begins to wait. */
  void begin() {
    timer =
        exchange
            .context()
            .owner()
            .setTimer(context.times.longPollMillis(log.traits()), fired -> leave(this::wake));
    exchange.onGone(() -> leave(this::end));
    context.tails.join(log, this);
    if (exchange.response().closed()) {
      leave(this::end);
    }
  }

  @Override
  public long next() {
    return from;
  }

  @Override
  public void wake() {
    end();
    context.blocking.run(exchange, this::answer);
  }

  private void leave(Runnable then) {
    if (context.tails.leave(log, this)) {
      then.run();
    }
  }

  private void end() {
    exchange.context().owner().cancelTimer(timer);
    turn.close();
  }

  private void answer() throws IOException {
    if (log.deleted()) {
      throw log.gone();
    }
    if (from == log.extent().endOffset()) {
      sendNothing();
      return;
    }
    new CatchUp(context, exchange, log, read).sendShared(from);
  }

  private void sendNothing() {
    ReadProgress.at(log, from).tell(exchange);
    exchange
        .with(StreamHeader.CURSOR, context.next(read.cursor()))
        .with("Cache-Control", Caching.NOT)
        .send(204);
  }
}

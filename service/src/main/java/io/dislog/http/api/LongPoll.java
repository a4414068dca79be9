package io.dislog.http.api;

import io.dislog.command.Rejection;
import io.dislog.http.exchange.ClientGone;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.OpenRequests;
import io.dislog.shard.LogView;
import io.dislog.shard.Subscription;
import java.io.IOException;

/** Waits at a log's end for its next record. For one virtual thread. */
final class LongPoll {

  private final Exchange exchange;
  private final LogView log;
  private final OpenRequests requests;

  LongPoll(Exchange exchange, LogView log, OpenRequests requests) {
    this.exchange = exchange;
    this.log = log;
    this.requests = requests;
  }

  /**
   * Waits until there is a record at an offset or the log is closed, for so long, or until the
   * service stops.
   *
   * @throws Rejection.UnknownLog where the log is deleted meanwhile
   */
  void await(long offset, long millis) throws IOException {
    if (millis == 0 || arrived(offset)) {
      return;
    }
    Signal signal = new Signal();
    Runnable wake = signal::raise;
    exchange.onGone(wake);
    requests.onStop(wake);
    try (Subscription _ = log.subscribe(wake)) {
      long deadline = System.nanoTime() + millis * 1_000_000;
      long left = millis;
      while (left > 0 && !arrived(offset) && !requests.stopping()) {
        if (exchange.response().closed()) {
          throw new ClientGone("the client went away while it waited");
        }
        signal.await(left);
        left = (deadline - System.nanoTime() + 999_999) / 1_000_000;
      }
    } finally {
      requests.forget(wake);
    }
  }

  private boolean arrived(long offset) {
    if (log.deleted()) {
      throw log.gone();
    }
    return log.closed() || log.extent().endOffset() > offset;
  }
}

package io.dislog.http.stream;

import io.dislog.http.cluster.Forwarding;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.server.LogLookup;
import io.dislog.http.server.Problems;
import io.dislog.shard.LogView;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Begins the answers to those who read streams (5.6 to 5.8). Runs on event loops. */
@Singleton
final class StreamReads {

  private final LogLookup logs;
  private final Forwarding forwarding;
  private final ReadContext context;

  @Inject
  StreamReads(LogLookup logs, Forwarding forwarding, ReadContext context) {
    this.logs = logs;
    this.forwarding = forwarding;
    this.context = context;
  }

  /** Answers GET. */
  void read(Exchange exchange) {
    try {
      LogView log = logs.find(exchange);
      StreamRead read = StreamRead.of(exchange);
      long from = read.from(exchange, log);
      begin(exchange, log, read, from);
    } catch (RuntimeException e) {
      forwarding.refuse(exchange, Problems.of(e));
    }
  }

  private void begin(Exchange exchange, LogView log, StreamRead read, long from) {
    switch (read.live()) {
      case EVENTS -> new EventReader(context, exchange, log, read, from).begin();
      case LONG_POLL -> {
        if (from < log.extent().endOffset()) {
          context.blocking.run(exchange, () -> catchUpLive(exchange, log, read, from));
        } else {
          new LongPoll(context, exchange, log, read, from).begin();
        }
      }
      case NO ->
          context.blocking.run(
              exchange, () -> new CatchUp(context, exchange, log, read).send(from));
    }
  }

  /** Of many that come again after what they all waited for, some find the next already there. */
  private void catchUpLive(Exchange exchange, LogView log, StreamRead read, long from)
      throws IOException {
    CatchUp answer = new CatchUp(context, exchange, log, read);
    if (answer.isNearEnd(from)) {
      answer.sendShared(from);
    } else {
      answer.send(from);
    }
  }
}

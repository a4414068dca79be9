package io.dislog.http.access;

import io.dislog.access.LogName;
import io.dislog.access.Right;
import io.dislog.http.exchange.Exchange;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends reads that go on when their reader's credential has expired, or a rule has taken the right.
 * Safe for use by many threads.
 */
@Singleton
final class GrantWatch {

  private static final long LOOK_MILLIS = 2000;

  private final AccessFiles files;
  private final InstantSource clock = InstantSource.system();
  private final Set<Read> reads = ConcurrentHashMap.newKeySet();

  @Inject
  GrantWatch(AccessFiles files) {
    this.files = files;
  }

  private record Read(Exchange exchange, Caller caller, LogName log) {}

  void begin(@Observes StartupEvent event, Vertx vertx) {
    vertx.setPeriodic(LOOK_MILLIS, time -> look());
  }

  /** Watches a read until it ends. */
  void add(Exchange exchange, Caller caller, LogName log) {
    Read read = new Read(exchange, caller, log);
    reads.add(read);
    exchange.onEnd(isWhole -> reads.remove(read));
  }

  private void look() {
    reads.stream().filter(read -> !isAllowed(read)).forEach(GrantWatch::end);
  }

  /** It leaves the others when its exchange ends. */
  private static void end(Read read) {
    if (!read.exchange().revocation().isRevoked()) {
      read.exchange().revocation().revoke();
    }
  }

  private boolean isAllowed(Read read) {
    return clock.millis() < read.caller().expiresAt()
        && files.rules().of(read.caller().principal()).allow(Right.READ, read.log(), null);
  }
}

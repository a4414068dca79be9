package io.dislog.http.stream;

import io.dislog.http.exchange.OpenRequests;
import io.dislog.http.server.LargeReads;
import io.dislog.http.server.Meters;
import io.dislog.http.server.WaitingReads;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** What all reads of streams need; safe for use by many threads. */
@Singleton
final class ReadContext {

  final Blocking blocking;
  final Tails tails;
  final ChunkCache chunks;
  final LargeReads largeReads;
  final WaitingReads waitingReads;
  final OpenRequests requests;
  final Meters meters;
  final StreamTimes times;
  final InstantSource clock = InstantSource.system();
  private final RandomGenerator random = new java.util.Random();

  @Inject
  ReadContext(
      Blocking blocking,
      Tails tails,
      ChunkCache chunks,
      LargeReads largeReads,
      WaitingReads waitingReads,
      OpenRequests requests,
      Meters meters,
      StreamTimes times) {
    this.blocking = blocking;
    this.tails = tails;
    this.chunks = chunks;
    this.largeReads = largeReads;
    this.waitingReads = waitingReads;
    this.requests = requests;
    this.meters = meters;
    this.times = times;
  }

  /** The cursor that a client gets next. */
  String next(Cursor cursor) {
    return cursor.next(clock.millis(), random);
  }
}

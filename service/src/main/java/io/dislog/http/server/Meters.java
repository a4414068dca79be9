package io.dislog.http.server;

import io.dislog.http.exchange.InFlight;
import io.dislog.http.exchange.OpenRequests;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/** What is counted of reads and requests; safe for use by many threads. */
@Singleton
@io.quarkus.runtime.Startup
public final class Meters {

  private final Counter readRecords;
  private final Counter readBytes;
  private final AtomicInteger streams = new AtomicInteger();

  @Inject
  Meters(
      MeterRegistry registry,
      InFlight inFlight,
      OpenRequests requests,
      Connections connections,
      WaitingReads waitingReads) {
    readRecords =
        Counter.builder("dislog.read.records").description("Records read").register(registry);
    readBytes =
        Counter.builder("dislog.read.bytes")
            .description("Bytes of the values that were read")
            .baseUnit("bytes")
            .register(registry);
    Gauge.builder("dislog.sse.streams", streams, AtomicInteger::get)
        .description("Event streams that are open")
        .register(registry);
    Gauge.builder("dislog.http.in.flight", inFlight, InFlight::bytes)
        .description("Bytes of bodies that wait for their answer")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("dislog.http.open.connections", connections, Connections::open)
        .description("Connections to the API that are open")
        .register(registry);
    FunctionCounter.builder("dislog.http.refused.connections", connections, Connections::refused)
        .description("New connections that were closed, for as many as may be had requests")
        .register(registry);
    FunctionCounter.builder(
            "dislog.http.displaced.connections", connections, Connections::displaced)
        .description("Idle connections that were closed for new ones")
        .register(registry);
    Gauge.builder("dislog.http.waiting.reads", waitingReads, WaitingReads::count)
        .description("Event streams and reads that wait for records")
        .register(registry);
    Gauge.builder("dislog.http.open.requests", requests, OpenRequests::open)
        .description("Requests that wait for their answer, streams among them")
        .register(registry);
  }

  public void read(int records, long bytes) {
    readRecords.increment(records);
    readBytes.increment((double) bytes);
  }

  public void streamBegan() {
    streams.incrementAndGet();
  }

  public void streamEnded() {
    streams.decrementAndGet();
  }
}

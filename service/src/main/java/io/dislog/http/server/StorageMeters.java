package io.dislog.http.server;

import io.dislog.commit.StorageWatch.State;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What is shown of the volume. Stateless. */
final class StorageMeters {

  private StorageMeters() {}

  static void register(Service service, MeterRegistry registry) {
    Gauge.builder("dislog.storage.free", service, StorageMeters::free)
        .description("Bytes that can be written to the disk")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("dislog.storage.pressure", service, of -> atLeast(State.PRESSURE, of))
        .description("1 where less than a tenth of the volume is free or it is about to be full")
        .register(registry);
    Gauge.builder("dislog.storage.full", service, of -> atLeast(State.FULL, of))
        .description("1 where no append is taken for want of room, else 0")
        .register(registry);
  }

  private static double free(Service service) {
    return service.storage().map(watch -> watch.storage().usableBytes()).orElse(0L);
  }

  private static double atLeast(State state, Service service) {
    return service.storage().map(watch -> watch.state().compareTo(state) >= 0).orElse(false)
        ? 1
        : 0;
  }
}

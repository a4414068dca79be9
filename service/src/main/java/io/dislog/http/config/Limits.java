package io.dislog.http.config;

import io.dislog.commit.StateLimits;
import io.dislog.disk.DescriptorLimit;
import io.dislog.log.Record;
import io.dislog.state.ProducerLimits;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** What the service's properties say beside the logs' defaults, each value checked. */
@Singleton
public final class Limits {

  /** An array on the heap holds a body, so it can't be larger than this. */
  private static final long MOST_BODY_BYTES = 1L << 30;

  private static final long MOST_COUNT = 100_000_000;
  private static final long MOST_MILLIS = Duration.ofDays(365).toMillis();

  /** Of the heap, for each connection and what it holds as long as it asks for nothing large. */
  private static final long CONNECTION_BYTES = 32 << 10;

  /** Of the heap, for a read that waits, and for one that has a thread and a buffer besides. */
  private static final long WAITING_READ_BYTES = 8 << 10;

  private static final long WAITING_THREAD_BYTES = 64 << 10;

  private static final long USUAL_IN_FLIGHT_BYTES = 64L << 20;
  private static final long USUAL_LARGE_READ_BYTES = 128L << 20;
  private static final long USUAL_CHUNK_BYTES = 32L << 20;

  private final long heapBytes = Runtime.getRuntime().maxMemory();
  private final long descriptors = DescriptorLimit.limit();
  private final int maxConnections;
  private final int maxWaitingReads;
  private final int maxWaitingThreads;
  private final int maxBodyBytes;
  private final long maxInFlightBytes;
  private final long reserveBytes;
  private final Duration retentionInterval;
  private final ProducerLimits producers;
  private final StateLimits state;

  @Inject
  Limits(ServiceConfig config) {
    maxBodyBytes =
        (int)
            Property.size(
                "dislog.append.max-bytes",
                config.append().maxBytes(),
                Record.MAX_META_BYTES,
                MOST_BODY_BYTES);
    maxInFlightBytes =
        config
            .append()
            .maxInFlightBytes()
            .map(
                text -> Property.size("dislog.append.max-in-flight-bytes", text, 1, Long.MAX_VALUE))
            .orElse(Math.min(USUAL_IN_FLIGHT_BYTES, heapBytes / 4));
    maxConnections =
        count(
            "dislog.http.max-connections",
            config.http().maxConnections(),
            Math.min(descriptors * 5 / 16, heapBytes / CONNECTION_BYTES));
    maxWaitingReads =
        count(
            "dislog.http.max-waiting-reads",
            config.http().maxWaitingReads(),
            Math.min(maxConnections * 3L / 4, heapBytes / WAITING_READ_BYTES));
    maxWaitingThreads =
        count(
            "dislog.http.max-waiting-reads",
            config.http().maxWaitingReads(),
            Math.min(maxWaitingReads, heapBytes / WAITING_THREAD_BYTES));
    reserveBytes =
        Property.size("dislog.storage.reserve", config.storage().reserve(), 0, Long.MAX_VALUE);
    retentionInterval =
        Duration.ofMillis(
            Property.millis(
                "dislog.retention.interval", config.retention().interval(), 1, MOST_MILLIS));
    producers =
        new ProducerLimits(
            Property.millis(
                "dislog.producers.expiry", config.producers().expiry(), 1, 100 * MOST_MILLIS),
            count("dislog.producers.max-per-log", config.producers().maxPerLog()));
    state =
        new StateLimits(
            count("dislog.logs.max", config.logs().max()),
            count("dislog.consumers.max-per-log", config.consumers().maxPerLog()),
            count("dislog.segments.max-per-log", config.segments().maxPerLog()),
            config
                .state()
                .maxBytes()
                .map(text -> Property.size("dislog.state.max-bytes", text, 1, Long.MAX_VALUE))
                .orElseGet(StateLimits::usualBytes));
  }

  private static int count(String name, String text) {
    return (int) Property.number(name, text, 1, MOST_COUNT);
  }

  /** Whether retention can be told to look so often. */
  public static boolean isRetentionInterval(long millis) {
    return millis >= 1 && millis <= MOST_MILLIS;
  }

  private static int count(String name, Optional<String> text, long otherwise) {
    long least = 1;
    long count =
        text.map(given -> Property.number(name, given, least, Integer.MAX_VALUE)).orElse(otherwise);
    return (int) Math.clamp(count, least, Integer.MAX_VALUE);
  }

  /**
   * Connections to the API that may be open together. Each may have a file open as well, from which
   * its answer goes to the socket, and a quarter of the descriptors is for the logs' files.
   */
  public int maxConnections() {
    return maxConnections;
  }

  /** Those to the management port, which are its own. */
  public int maxManagementConnections() {
    return Math.clamp(descriptors / 16, 16, 256);
  }

  /** Connections to each other node, over which requests are sent on to it. */
  public int maxPeerConnections() {
    return Math.clamp(descriptors / 16, 16, 1024);
  }

  /** Event streams, and reads that wait; a quarter of the connections is for everybody else. */
  public int maxWaitingReads() {
    return maxWaitingReads;
  }

  /** Those of them that have a thread, and a buffer. */
  public int maxWaitingThreads() {
    return maxWaitingThreads;
  }

  /** What large heads may hold together. */
  public long maxHeadBytes() {
    return heapBytes / 16;
  }

  /** What large reads may hold together. */
  public long maxLargeReadBytes() {
    return Math.min(USUAL_LARGE_READ_BYTES, heapBytes / 4);
  }

  /** What answers may hold together that many readers share. */
  public long maxChunkBytes() {
    return Math.min(USUAL_CHUNK_BYTES, heapBytes / 16);
  }

  /** The largest body of any request. */
  public int maxBodyBytes() {
    return maxBodyBytes;
  }

  /** What all bodies may hold together. */
  public long maxInFlightBytes() {
    return maxInFlightBytes;
  }

  /** Free bytes on the disk, under which appends are refused. */
  public long reserveBytes() {
    return reserveBytes;
  }

  /** How long, and how many of them, a log remembers. */
  public ProducerLimits producers() {
    return producers;
  }

  /** How much else logs keep beside their records. */
  public StateLimits state() {
    return state;
  }

  /** Between two looks of retention, where nobody says otherwise while the node runs. */
  public Duration retentionInterval() {
    return retentionInterval;
  }
}

package io.dislog.commit;

/**
 * How much logs keep beside their records at most, all of which is in memory, too.
 *
 * @param logs that a service has
 * @param consumersPerLog that a log has
 * @param segmentsPerLog that a log has
 * @param bytes of memory that all of it takes, by estimate
 */
public record StateLimits(int logs, int consumersPerLog, int segmentsPerLog, long bytes) {

  /** What {@code dislog.logs.max} and the others say by default. */
  public static final StateLimits DEFAULT = new StateLimits(10_000, 1_000, 20_000, usualBytes());

  /** A quarter of the heap. */
  public static long usualBytes() {
    return Runtime.getRuntime().maxMemory() / 4;
  }
}

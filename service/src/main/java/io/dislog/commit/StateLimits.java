package io.dislog.commit;

/**
 * How much logs keep beside their records at most, all of which is in memory, too.
 *
 * @param logs that a service has
 * @param consumersPerLog that a log has
 * @param segmentsPerLog that a log has
 */
public record StateLimits(int logs, int consumersPerLog, int segmentsPerLog) {

  /** What {@code dislog.logs.max} and the others say by default. */
  public static final StateLimits DEFAULT = new StateLimits(10_000, 1_000, 20_000);
}

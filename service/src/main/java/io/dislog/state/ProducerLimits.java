package io.dislog.state;

/**
 * How long, and how many, idempotent producers a log remembers. Where a log is replicated, each
 * entry says what its leader's are, so that all replicas forget alike.
 *
 * @param expiryMillis a producer is forgotten that has sent nothing for so long
 * @param most a log remembers so many
 */
public record ProducerLimits(long expiryMillis, int most) {

  /** What entries mean that say nothing of it, as those of older versions. */
  public static final ProducerLimits NONE = new ProducerLimits(Long.MAX_VALUE, Integer.MAX_VALUE);

  /** While no producer has been silent for so long, one more than the log remembers is refused. */
  static final long SILENT_MILLIS = 60 * 60 * 1000;

  /** What {@code dislog.producers.*} say by default. */
  public static final ProducerLimits DEFAULT = new ProducerLimits(7 * 24 * SILENT_MILLIS, 10_000);
}

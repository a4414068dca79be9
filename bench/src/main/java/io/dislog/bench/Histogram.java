package io.dislog.bench;

/**
 * Counts durations in buckets that are at most 1/64 wide of what they hold. For one thread.
 *
 * <p>Bucket: the power of two, and the six bits behind the highest one.
 */
final class Histogram {

  private static final int SUB_BITS = 6;
  private static final int SUB_COUNT = 1 << SUB_BITS;

  private final long[] counts = new long[(Long.SIZE - SUB_BITS) * SUB_COUNT];
  private long count;
  private long max;

  void add(long nanos) {
    counts[bucket(nanos)]++;
    count++;
    max = Math.max(max, nanos);
  }

  long count() {
    return count;
  }

  long max() {
    return max;
  }

  /**
   * The smallest duration that so large a share of all does not exceed, in nanoseconds.
   *
   * @param share from 0 to 1
   */
  long at(double share) {
    long wanted = (long) Math.ceil(share * count);
    long seen = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      seen += counts[bucket];
      if (seen >= wanted && seen > 0) {
        return Math.min(max, lastOf(bucket));
      }
    }
    return 0;
  }

  private static int bucket(long nanos) {
    if (nanos < SUB_COUNT) {
      return (int) Math.max(0, nanos);
    }
    int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos) - SUB_BITS;
    return (shift + 1) * SUB_COUNT + (int) (nanos >>> shift) - SUB_COUNT;
  }

  private static long lastOf(int bucket) {
    if (bucket < SUB_COUNT) {
      return bucket;
    }
    int shift = bucket / SUB_COUNT - 1;
    return ((long) (bucket % SUB_COUNT + SUB_COUNT + 1) << shift) - 1;
  }
}

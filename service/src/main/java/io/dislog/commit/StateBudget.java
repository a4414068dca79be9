package io.dislog.commit;

import io.dislog.shard.LogView;
import io.dislog.state.ProducerLimits;

/**
 * How much logs may keep beside their records: what each may by itself, and far less once all of
 * them together take more memory than they may. Safe for use by many threads.
 *
 * <p>So a client that fills many logs takes the service away from nobody: a log that has little
 * goes on, one that has much takes no more, and forgets the producers that are silent.
 */
public final class StateBudget {

  /** Of consumers and of producers, in a log, while all logs have too much. */
  private static final int FEW = 10;

  private static final int FEW_SEGMENTS = 100;

  private final ProducerLimits producers;
  private final ProducerLimits fewProducers;
  private final StateLimits limits;
  private final StateLimits fewLimits;
  private volatile boolean spent;

  /**
   * @param producers what a log remembers of them
   * @param limits of what else logs keep, and of all together
   */
  public StateBudget(ProducerLimits producers, StateLimits limits) {
    this.producers = producers;
    this.fewProducers =
        new ProducerLimits(producers.expiryMillis(), Math.min(FEW, producers.most()));
    this.limits = limits;
    this.fewLimits =
        new StateLimits(
            limits.logs(),
            Math.min(FEW, limits.consumersPerLog()),
            Math.min(FEW_SEGMENTS, limits.segmentsPerLog()),
            limits.bytes());
  }

  /** What {@code dislog.producers.*} and the other limits say by default. */
  public static StateBudget usual() {
    return new StateBudget(ProducerLimits.DEFAULT, StateLimits.DEFAULT);
  }

  /** Adds up what the logs take. */
  void look(Commit commit) {
    spent =
        commit.logs("", null, Integer.MAX_VALUE).stream().mapToLong(LogView::stateBytes).sum()
            > limits.bytes();
  }

  /** Whether all logs together took more memory than they may, at the last look. */
  boolean isSpent() {
    return spent;
  }

  /** What logs keep now. */
  StateLimits limits() {
    return spent ? fewLimits : limits;
  }

  /** What a log remembers of producers now. */
  public ProducerLimits producers() {
    return spent ? fewProducers : producers;
  }

  /** What has to happen for more to be taken again, for a message. */
  String wayOut() {
    return "while all logs together take more than %d bytes of memory beside their records (dislog.state.max-bytes); delete logs or consumers, trim, or raise it"
        .formatted(limits.bytes());
  }
}

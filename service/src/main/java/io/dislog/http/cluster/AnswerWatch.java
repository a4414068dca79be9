package io.dislog.http.cluster;

import io.dislog.commit.Cluster;
import io.dislog.commit.Member;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * The wait for a leader's answer, which ends without one when it is over. Runs on an event loop.
 *
 * <p>A node that hangs keeps its connections open. The others elect another one in seconds, and
 * from then on that one's answer is not worth the whole patience.
 */
final class AnswerWatch {

  /** For a node that leads. */
  public static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

  /** For one that leads no more, as far as is known here. */
  private static final long FORMER_NANOS = Duration.ofSeconds(1).toNanos();

  private static final long LOOK_MILLIS = 250;

  private final Vertx vertx;
  private final Cluster cluster;
  private final int shard;
  private final Member leader;
  private final Runnable giveUp;
  private final long begin = System.nanoTime();
  private final long timer;
  private long lastLed = begin;

  /**
   * Begins to wait.
   *
   * @param giveUp is called once, or again as long as the wait is not ended
   */
  public AnswerWatch(Vertx vertx, Cluster cluster, int shard, Member leader, Runnable giveUp) {
    this.vertx = vertx;
    this.cluster = cluster;
    this.shard = shard;
    this.leader = leader;
    this.giveUp = giveUp;
    this.timer = vertx.setPeriodic(LOOK_MILLIS, fired -> look());
  }

  public void end() {
    vertx.cancelTimer(timer);
  }

  private void look() {
    long now = System.nanoTime();
    Member leads = cluster.leaderOf(shard);
    if (leads == null || leads.id().equals(leader.id())) {
      lastLed = now;
    }
    if (now - lastLed > FORMER_NANOS || now - begin > PATIENCE_NANOS) {
      giveUp.run();
    }
  }
}

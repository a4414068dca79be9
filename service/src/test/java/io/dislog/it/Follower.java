package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/**
 * A client that moves a position of one log on: a consumer's, or the one below which records are
 * trimmed. For one thread at a time.
 */
final class Follower implements Client {

  private static final int STEP = 5;

  private final String log;
  private final boolean trims;
  private long asked;
  private long acknowledged;

  private Follower(String log, boolean trims) {
    this.log = log;
    this.trims = trims;
  }

  /** Moves a consumer of that log. */
  static Follower consuming(String log) {
    return new Follower(log, false);
  }

  /** Trims that log. */
  static Follower trimming(String log) {
    return new Follower(log, true);
  }

  @Override
  public void act(Api api) throws IOException, InterruptedException {
    long end = api.describe(log).get("endOffset").asLong();
    long next = Math.min(end, asked + STEP);
    asked = next;
    Answer answer =
        trims
            ? api.delete(Api.records(log) + "?before=" + next)
            : api.put(consumer(), "{\"offset\":%d}".formatted(next));
    if (answer.status() != 503) {
      assertThat(answer.status()).as(answer::text).isIn(200, 201);
      acknowledged = next;
    }
  }

  /**
   * Checks that the position is where it was last known to be, or where it was last asked to be.
   */
  void check(Api api) throws IOException, InterruptedException {
    if (acknowledged > 0) {
      long position =
          trims
              ? api.describe(log).get("earliestOffset").asLong()
              : api.get(consumer()).is(200).json().get("offset").asLong();
      assertThat(position).as("position in " + log).isBetween(acknowledged, asked);
    }
  }

  private String consumer() {
    return "/v1/logs/" + log + "/consumers/follower";
  }
}

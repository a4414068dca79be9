package io.dislog.it;

import io.dislog.history.Operation.Append;
import io.dislog.history.Outcome;
import java.util.Set;

/**
 * Appends, now and then bound to an end offset. What it got no answer to it never sends again. For
 * one thread.
 */
final class PlainWriter implements Worker {

  private static final int BOUND_ONE_IN = 4;
  private static final int WRONG_ONE_IN = 3;
  private static final Set<Integer> EXPECTED = Set.of(201, 429, 507);
  private static final Set<Integer> EXPECTED_BOUND = Set.of(201, 412, 429, 507);

  private final Caller caller;
  private final Frontier frontier;
  private long numbers;

  PlainWriter(Caller caller, Frontier frontier) {
    this.caller = caller;
    this.frontier = frontier;
  }

  @Override
  public void act() throws InterruptedException {
    String log = frontier.any(caller.random());
    Payload payload = Payload.random(caller.name(), numbers, caller.random());
    numbers += payload.ids().size();
    boolean bound = caller.random().nextInt(BOUND_ONE_IN) == 0;
    long expected = bound ? expected(log) : -1;
    String[] headers =
        bound ? new String[] {"Dislog-Expected-Offset", Long.toString(expected)} : new String[0];
    Heard heard =
        caller.call(
            log,
            bound ? EXPECTED_BOUND : EXPECTED,
            api -> api.append(log, payload.contentType(), payload.body(), headers));
    Outcome outcome = heard.place();
    caller.history().add(new Append(heard.call(), payload.ids(), null, expected, outcome));
    if (outcome instanceof Outcome.At(long base, long time)) {
      frontier.reached(log, base + payload.ids().size());
    } else {
      frontier.reached(log, heard.number("Dislog-End-Offset"));
    }
  }

  private long expected(String log) {
    boolean wrong = caller.random().nextInt(WRONG_ONE_IN) == 0;
    return frontier.end(log) + (wrong ? 1 + caller.random().nextInt(20) : 0);
  }
}

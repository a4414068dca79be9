package io.dislog.it;

import io.dislog.history.Operation.Append;
import io.dislog.history.Operation.Turn;
import io.dislog.history.Outcome;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An idempotent producer of one log, which sends a request again until it is answered, and now and
 * then once more. For one thread.
 */
final class NumberedWriter implements Worker {

  private static final int AGAIN_ONE_IN = 6;
  private static final int MAX_ATTEMPTS = 200;
  private static final Set<Integer> EXPECTED = Set.of(200, 201, 429, 507);

  private final Caller caller;
  private final Frontier frontier;
  private final String log;
  private @Nullable Payload open;
  private long epoch;
  private long seq;
  private long numbers;
  private int attempts;

  NumberedWriter(Caller caller, Frontier frontier, String log) {
    this.caller = caller;
    this.frontier = frontier;
    this.log = log;
  }

  @Override
  public void act() throws InterruptedException {
    attempt();
  }

  /** Sends the open request, or the next one, once; and says whether it was acknowledged. */
  boolean attempt() throws InterruptedException {
    Payload payload = open;
    if (payload == null) {
      payload = Payload.random(caller.name(), numbers, caller.random());
      numbers += payload.ids().size();
      open = payload;
    }
    Outcome outcome = send(payload);
    attempts++;
    if (outcome instanceof Outcome.At) {
      if (caller.random().nextInt(AGAIN_ONE_IN) == 0) {
        send(payload);
      }
      next(epoch, seq + 1);
      return true;
    }
    if (attempts == MAX_ATTEMPTS) {
      next(epoch + 1, 0);
    }
    return false;
  }

  private void next(long nextEpoch, long nextSeq) {
    epoch = nextEpoch;
    seq = nextSeq;
    open = null;
    attempts = 0;
  }

  private Outcome send(Payload payload) throws InterruptedException {
    Turn turn = new Turn(caller.name(), epoch, seq);
    Heard heard =
        caller.call(
            log,
            EXPECTED,
            api ->
                api.append(
                    log,
                    payload.contentType(),
                    payload.body(),
                    "Producer-Id",
                    turn.id(),
                    "Producer-Epoch",
                    Long.toString(turn.epoch()),
                    "Producer-Seq",
                    Long.toString(turn.seq())));
    Outcome outcome = heard.place();
    caller.history().add(new Append(heard.call(), payload.ids(), turn, -1, outcome));
    if (outcome instanceof Outcome.At(long base, long time)) {
      frontier.reached(log, base + payload.ids().size());
    }
    return outcome;
  }
}

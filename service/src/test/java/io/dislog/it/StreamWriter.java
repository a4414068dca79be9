package io.dislog.it;

import io.dislog.history.Operation.Append;
import io.dislog.history.Operation.Close;
import io.dislog.history.Operation.Turn;
import io.dislog.history.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Appends to a stream. With a number it repeats each request until it is answered, and now and then
 * once more; without, never. For one thread.
 */
final class StreamWriter implements Worker {

  private static final int AGAIN_ONE_IN = 6;
  private static final int CONFLICT = 409;
  private static final Set<Integer> DONE = Set.of(200, 204, 429, 507);

  /** An earlier attempt, of which nobody knows, may have been successful. */
  private static final Set<Integer> DONE_OR_CONFLICT = Set.of(200, 204, CONFLICT, 429, 507);

  /** How it makes sure that nothing is appended twice. */
  enum Numbering {
    NONE,
    /** A producer's numbers, to which a repeat is answered as if it were the first. */
    PRODUCER,
    /** A text that has to grow, so that a repeat is refused. */
    SEQUENCE
  }

  private final StreamCaller stream;
  private final Caller caller;
  private final Stream about;
  private final Numbering numbering;
  private @Nullable Payload open;
  private boolean repeats;
  private long seq;
  private long numbers;

  StreamWriter(StreamCaller stream, Stream about, Numbering numbering) {
    this.stream = stream;
    this.caller = stream.caller();
    this.about = about;
    this.numbering = numbering;
  }

  /** This one's next numbers are not those of another that its client is, too. */
  StreamWriter from(long firstNumber) {
    numbers = firstNumber;
    return this;
  }

  @Override
  public void act() throws InterruptedException {
    attempt(false);
  }

  /**
   * Sends the open request, or the next one, once.
   *
   * @param last whether it closes the stream too
   * @return whether it is over with it
   */
  boolean attempt(boolean last) throws InterruptedException {
    Payload payload = open;
    if (payload == null) {
      payload = about.type().payload(caller.name(), numbers, caller.random());
      numbers += payload.ids().size();
    }
    Outcome outcome = send(payload, last);
    boolean over =
        switch (outcome) {
          case Outcome.At at -> true;
          case Outcome.Done done -> true;
          case Outcome.Unknown unknown -> numbering == Numbering.NONE && !last;
          case Outcome.Refused(String problem) ->
              (numbering == Numbering.NONE && !last) || problem.equals("log-closed");
        };
    open = over ? null : payload;
    repeats = !over;
    if (over && numbering == Numbering.PRODUCER && caller.random().nextInt(AGAIN_ONE_IN) == 0) {
      send(payload, last);
    }
    seq += over ? 1 : 0;
    return over;
  }

  /** Sends one more to a stream that is closed, and says whether it was answered. */
  boolean attemptInVain() throws InterruptedException {
    Payload payload = about.type().payload(caller.name(), numbers, caller.random());
    numbers += payload.ids().size();
    repeats = true;
    return !(send(payload, false) instanceof Outcome.Unknown);
  }

  private Outcome send(Payload payload, boolean last) throws InterruptedException {
    boolean numbered = numbering == Numbering.PRODUCER;
    List<String> headers = headers(payload, last);
    Heard heard =
        caller.call(
            about.log(),
            repeats ? DONE_OR_CONFLICT : DONE,
            api -> api.post(about.path(), payload.body(), headers.toArray(String[]::new)));
    Outcome outcome = stream.place(heard, payload.ids().size(), numbered);
    if (heard.problem().equals("sequence-too-old") && repeats) {
      outcome = new Outcome.Done(); // It was taken before, when nobody got the answer.
    }
    Turn turn = numbering == Numbering.NONE && !last ? null : new Turn(caller.name(), 0, seq);
    caller.history().add(new Append(heard.call(), payload.ids(), turn, -1, outcome));
    if (last) {
      caller.history().add(new Close(heard.call(), payload.ids(), closed(outcome)));
    }
    stream.closure(heard);
    return outcome;
  }

  private static Outcome closed(Outcome append) {
    return append instanceof Outcome.At ? new Outcome.Done() : append;
  }

  private List<String> headers(Payload payload, boolean last) {
    List<String> headers = new ArrayList<>(List.of("Content-Type", payload.contentType()));
    switch (numbering) {
      case NONE -> {}
      case PRODUCER ->
          headers.addAll(
              List.of(
                  "Producer-Id",
                  caller.name(),
                  "Producer-Epoch",
                  "0",
                  "Producer-Seq",
                  Long.toString(seq)));
      case SEQUENCE -> headers.addAll(List.of("Stream-Seq", Stream.print(seq)));
    }
    if (last) {
      headers.addAll(List.of(StreamCaller.CLOSED, "true"));
    }
    return headers;
  }
}

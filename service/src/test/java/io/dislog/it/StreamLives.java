package io.dislog.it;

import io.dislog.history.Operation.Close;
import io.dislog.history.Operation.Fork;
import io.dislog.it.StreamWriter.Numbering;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Makes a stream after the other, writes to it, forks it, closes it, tries to go on, and reads it
 * back; each step again and again until it is answered. For one thread.
 */
final class StreamLives implements Worker {

  private static final List<StreamType> TYPES = List.of(StreamType.values());
  private static final List<Numbering> NUMBERINGS = List.of(Numbering.values());
  private static final int MAX_LIVES = 12;
  private static final int MAX_APPENDS = 12;
  private static final Set<Integer> MADE = Set.of(200, 201, 429, 507);
  private static final Set<Integer> CLOSED = Set.of(204, 429, 507);

  private final StreamCaller stream;
  private final Caller caller;
  private final Random random;
  private final Streams streams;
  private final Stream forkable;
  private final Deque<Step> steps = new ArrayDeque<>();
  private int lives;

  /** Of a fork that is not answered yet. */
  private long firstAttempt = -1;

  private long forkOffset;

  /** Something that is tried until it is over. */
  interface Step {
    boolean attempt() throws InterruptedException;
  }

  /**
   * @param forkable a stream to which others write, and which is not closed
   */
  StreamLives(StreamCaller stream, Streams streams, Stream forkable) {
    this.stream = stream;
    this.caller = stream.caller();
    this.random = caller.random();
    this.streams = streams;
    this.forkable = forkable;
  }

  @Override
  public void act() throws InterruptedException {
    if (steps.isEmpty() && lives < MAX_LIVES) {
      plan(lives++);
    }
    Step step = steps.peek();
    if (step != null && step.attempt()) {
      steps.remove();
    }
  }

  private void plan(int life) {
    StreamType type = TYPES.get(random.nextInt(TYPES.size()));
    Stream about = new Stream(caller.name().replace('_', '-') + "-" + life, type);
    Numbering numbering = NUMBERINGS.get(random.nextInt(NUMBERINGS.size()));
    StreamWriter writer = new StreamWriter(stream, about, numbering).from(life * 1000L);
    steps.add(() -> make(about));
    write(writer);
    boolean early = random.nextBoolean();
    if (early) {
      fork(random.nextBoolean() ? about : forkable, life);
    }
    write(writer);
    steps.add(random.nextInt(3) > 0 ? () -> writer.attempt(true) : () -> close(about));
    StreamWriter late = new StreamWriter(stream, about, Numbering.NONE).from(life * 1000L + 500);
    steps.add(late::attemptInVain);
    if (!early) {
      fork(about, life);
    }
    readBack(about);
  }

  private void write(StreamWriter writer) {
    for (int left = random.nextInt(MAX_APPENDS); left > 0; left--) {
      steps.add(() -> writer.attempt(false));
    }
  }

  private void readBack(Stream about) {
    StreamView view = new StreamView(stream, about, 0);
    steps.add(view::catchUp);
  }

  private void fork(Stream source, int life) {
    Stream fork = new Stream(caller.name().replace('_', '-') + "-fork-" + life, source.type());
    boolean atTail = random.nextBoolean();
    steps.add(() -> fork(source, fork, atTail));
    // Its numbers begin anew: a fork knows nothing of its source's producers.
    write(new StreamWriter(stream, fork, Numbering.PRODUCER).from(1_000_000L + life * 1000L));
    readBack(fork);
  }

  private boolean make(Stream about) throws InterruptedException {
    Heard heard =
        caller.call(
            about.log(),
            MADE,
            api -> api.put(about.path(), new byte[0], "Content-Type", about.type().mediaType()));
    if (heard.isDone()) {
      streams.add(about);
    }
    return heard.isDone();
  }

  private boolean fork(Stream source, Stream fork, boolean atTail) throws InterruptedException {
    if (firstAttempt < 0) {
      firstAttempt = System.nanoTime();
      forkOffset = atTail ? -1 : stream.frontier().end(source.log());
    }
    long offset = forkOffset;
    Heard heard =
        caller.call(
            fork.log(),
            MADE,
            api ->
                atTail
                    ? api.put(fork.path(), new byte[0], "Stream-Forked-From", source.path())
                    : api.put(
                        fork.path(),
                        new byte[0],
                        "Stream-Forked-From",
                        source.path(),
                        "Stream-Fork-Offset",
                        Stream.print(offset)));
    if (!heard.isDone()) {
      return false;
    }
    Heard whole = heard.since(firstAttempt);
    firstAttempt = -1;
    if (atTail) {
      stream.end(whole.about(source.log()), heard.number(StreamCaller.NEXT));
    }
    forked(whole, source, fork, atTail ? heard.number(StreamCaller.NEXT) : offset);
    return true;
  }

  private void forked(Heard heard, Stream source, Stream fork, long offset) {
    caller.history().add(new Fork(heard.call(), source.log(), offset));
    stream.end(heard, heard.number(StreamCaller.NEXT));
    stream.frontier().reached(fork.log(), offset);
    streams.add(fork);
  }

  private boolean close(Stream about) throws InterruptedException {
    Heard heard =
        caller.call(
            about.log(),
            CLOSED,
            api -> api.post(about.path(), new byte[0], "Stream-Closed", "true"));
    caller.history().add(new Close(heard.call(), List.of(), heard.outcome()));
    stream.closure(heard);
    return heard.isDone();
  }
}

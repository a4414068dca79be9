package io.dislog.it;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Reads streams in all ways, each from where it was with it, or from near its end. */
final class StreamReader implements Worker {

  private static final int BACK = 300;
  private static final int ANEW_ONE_IN = 20;

  private final StreamCaller stream;
  private final Random random;
  private final Streams streams;
  private final Map<Stream, StreamView> views = new HashMap<>();

  StreamReader(StreamCaller stream, Streams streams) {
    this.stream = stream;
    this.random = stream.caller().random();
    this.streams = streams;
  }

  @Override
  public void act() throws InterruptedException {
    Stream about = streams.any(random);
    if (random.nextInt(ANEW_ONE_IN) == 0) {
      views.remove(about);
    }
    StreamView view = views.computeIfAbsent(about, this::begin);
    switch (random.nextInt(4)) {
      case 0 -> view.events();
      case 1 -> view.longPoll();
      default -> view.catchUp();
    }
  }

  private StreamView begin(Stream about) {
    long back = random.nextInt(BACK);
    return new StreamView(stream, about, Math.max(0, stream.frontier().end(about.log()) - back));
  }
}

package io.dislog.it;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** The streams that are there, to which more come. For many threads. */
final class Streams {

  private static final int LATEST = 4;

  private final List<Stream> all;
  private final List<Stream> made = new CopyOnWriteArrayList<>();

  /**
   * @param all those that are there from the beginning
   */
  Streams(List<Stream> all) {
    this.all = List.copyOf(all);
  }

  /** One of those from the beginning, or one of the latest that were made. */
  Stream any(Random random) {
    List<Stream> some = List.copyOf(made);
    int latest = Math.min(LATEST, some.size());
    int which = random.nextInt(all.size() + latest);
    return which < all.size() ? all.get(which) : some.get(some.size() - 1 - which + all.size());
  }

  void add(Stream stream) {
    made.add(stream);
  }

  /** The logs of those that were made. */
  List<String> made() {
    return made.stream().map(Stream::log).toList();
  }
}

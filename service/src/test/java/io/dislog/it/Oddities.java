package io.dislog.it;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers that nobody should get, and clients that failed. Safe for use by many threads. */
final class Oddities {

  private static final int MAX = 200;

  private final List<String> all = new CopyOnWriteArrayList<>();

  void add(String oddity) {
    if (all.size() < MAX) {
      all.add(oddity);
    }
  }

  List<String> all() {
    return all;
  }
}

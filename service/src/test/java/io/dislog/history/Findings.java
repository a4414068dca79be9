package io.dislog.history;

import java.util.ArrayList;
import java.util.List;

/** Takes findings down. */
final class Findings {

  private final List<Finding> all = new ArrayList<>();

  void add(Kind kind, String log, String text) {
    all.add(new Finding(kind, log, text));
  }

  List<Finding> all() {
    return all;
  }
}

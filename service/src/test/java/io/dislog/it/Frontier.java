package io.dislog.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** How far each log is known to reach, so that clients ask for what is there. For many threads. */
final class Frontier {

  private final List<String> logs;
  private final Map<String, Long> ends;

  Frontier(List<String> logs) {
    this(logs, new ConcurrentHashMap<>());
  }

  private Frontier(List<String> logs, Map<String, Long> ends) {
    this.logs = logs;
    this.ends = ends;
  }

  /** The same of more logs. */
  Frontier with(List<String> more) {
    List<String> all = new ArrayList<>(logs);
    all.addAll(more);
    return new Frontier(List.copyOf(all), ends);
  }

  List<String> logs() {
    return logs;
  }

  String any(Random random) {
    return logs.get(random.nextInt(logs.size()));
  }

  void reached(String log, long end) {
    ends.merge(log, end, Math::max);
  }

  /** The end of a log, or somewhat less. */
  long end(String log) {
    return ends.getOrDefault(log, 0L);
  }
}

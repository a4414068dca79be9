package io.dislog.shard;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which logs of a shard can't be served whole, and why not. Safe for use by many threads. */
public final class DamagedLogs {

  private final Map<String, LogWriter> writers;
  private final UnavailableLogs unavailable;

  DamagedLogs(Map<String, LogWriter> writers, UnavailableLogs unavailable) {
    this.writers = writers;
    this.unavailable = unavailable;
  }

  /** Why each log that could not be opened was not, by name. */
  public Map<String, String> unavailable() {
    return unavailable.byName();
  }

  /** The logs that get no commands any more; between rounds. */
  public Set<String> refused() {
    Set<String> refused = new TreeSet<>(unavailable.byName().keySet());
    writers.values().stream()
        .filter(writer -> writer.log().failure() != null)
        .forEach(writer -> refused.add(writer.log().name()));
    return refused;
  }

  /** Those, and the logs of which segments are damaged, as far as is known. */
  public Set<String> all() {
    Set<String> damaged = refused();
    writers.values().stream()
        .filter(writer -> writer.log().isDamaged())
        .forEach(writer -> damaged.add(writer.log().name()));
    return damaged;
  }

  /** Whether a log is refused that may be sound, for want of descriptors or room. */
  public boolean anyHindered() {
    return unavailable.anyHindered();
  }

  /** Whether that log is. */
  public boolean isHindered(String log) {
    return unavailable.isHindered(log);
  }
}

package io.dislog.shard;

import io.dislog.disk.ShortageException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The logs that are there and can't be opened, and why. Safe for use by many threads. */
final class UnavailableLogs {

  private static final System.Logger LOGGER = System.getLogger(Shard.class.getName());

  private final Map<String, String> byName = new ConcurrentHashMap<>();
  private final Set<String> hindered = ConcurrentHashMap.newKeySet();

  /** A log's files are to blame, or what the machine lacks. */
  void add(String log, IOException cause, String why) {
    if (cause instanceof ShortageException) {
      hindered.add(log);
    }
    add(log, why, null);
  }

  /**
   * @param bug where in the code it happened, which says nothing where a file is to blame
   */
  void add(String log, String why, @Nullable RuntimeException bug) {
    LOGGER.log(Level.ERROR, "log %s can't be opened: %s".formatted(log, why), bug);
    byName.put(log, why);
  }

  /** A log is refused until another node's has taken its place. */
  void beingReplaced(String log) {
    byName.put(log, "it is being replaced by what another node has");
  }

  void remove(String log) {
    byName.remove(log);
    hindered.remove(log);
  }

  Map<String, String> byName() {
    return Collections.unmodifiableMap(byName);
  }

  boolean isHindered(String log) {
    return hindered.contains(log);
  }

  /** Whether one of them may be sound, and is refused for what the machine lacked. */
  boolean anyHindered() {
    return !hindered.isEmpty();
  }
}

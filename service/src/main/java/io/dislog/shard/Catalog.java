package io.dislog.shard;

import io.dislog.command.LogSettings;
import io.dislog.command.Rejection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which logs are created and deleted, whoever commits. Safe for use by many threads.
 *
 * @param writers of the logs that are open, by name
 */
public record Catalog(Map<String, LogWriter> writers, Map<String, String> unavailable) {

  /**
   * Whether a log is yet to be created.
   *
   * @param own the settings that it is to have, or null where any will do
   * @throws Rejection.LogConfigDiffers where it is there with others
   * @throws Rejection.LogUnavailable where there is one that can't be opened
   */
  public boolean lacks(String name, @Nullable LogSettings own) {
    LogWriter there = writers.get(name);
    if (there == null) {
      checkAvailable(name);
    } else if (own != null && !own.equals(there.log().own())) {
      throw new Rejection.LogConfigDiffers(name);
    }
    return there == null;
  }

  /**
   * Looks whether there is anything to delete.
   *
   * @throws Rejection.UnknownLog where there is no log of that name, nor one that can't be opened
   */
  public void checkKnown(String name) {
    if (!writers.containsKey(name) && !unavailable.containsKey(name)) {
      throw new Rejection.UnknownLog(name);
    }
  }

  /**
   * Looks whether it is known why a log is not there.
   *
   * @throws Rejection.LogUnavailable where it can't be opened
   */
  public void checkAvailable(String name) {
    String why = unavailable.get(name);
    if (why != null) {
      throw new Rejection.LogUnavailable(name, why);
    }
  }
}

package io.dislog.shard;

import io.dislog.command.Creation;
import io.dislog.command.ForkPoint;
import io.dislog.command.LogSettings;
import io.dislog.command.LogTraits;
import io.dislog.command.Rejection;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which logs are created and deleted, whoever commits. Safe for use by many threads.
 *
 * @param writers of the logs that are open, by name
 * @param unavailable why each log that can't be opened is not, by name
 * @param clock the time of the commands
 */
public record Catalog(
    Map<String, LogWriter> writers, Map<String, String> unavailable, InstantSource clock) {

  /**
   * Whether a log is yet to be created.
   *
   * @throws Rejection.LogConfigDiffers where it is there, and not as it is to be
   * @throws Rejection.LogUnavailable where there is one that can't be opened
   */
  public boolean lacks(String name, Creation wanted) {
    LogWriter there = writers.get(name);
    if (there == null) {
      checkAvailable(name);
    } else if (!isAs(wanted, there.log())) {
      throw new Rejection.LogConfigDiffers(name);
    }
    return there == null;
  }

  private static boolean isAs(Creation wanted, LogView log) {
    LogSettings own = wanted.own();
    LogTraits traits = wanted.traits();
    Boolean closed = wanted.closed();
    return !log.life().retired()
        && !log.life().staged()
        && (own == null || own.equals(log.own()))
        && (traits == null || traits.agreesWith(log.traits()))
        && (closed == null || closed == log.closed());
  }

  /** Whether there is a log of that name and id whose time has passed. */
  public boolean isExpired(String name, String id) {
    LogWriter there = writers.get(name);
    return there != null && id.equals(there.log().id()) && there.log().isExpiredAt(clock.millis());
  }

  /** Whether there is a log of that name that has to make way for one that is created. */
  public boolean isReplaceable(String name) {
    LogWriter there = writers.get(name);
    return there != null
        && (there.log().life().staged() || there.log().isExpiredAt(clock.millis()));
  }

  /**
   * The log whose files one begins with that is a fork of it, or null.
   *
   * @throws Rejection.UnknownLog where that log is gone
   */
  @Nullable LogView source(Creation creation) {
    ForkPoint fork = creation.linked();
    if (fork == null) {
      return null;
    }
    LogWriter writer = writers.get(fork.source());
    if (writer == null || !writer.log().id().equals(fork.sourceId())) {
      throw new Rejection.UnknownLog(fork.source());
    }
    return writer.log();
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

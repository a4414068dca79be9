package io.dislog.command;

import io.dislog.command.Command.Append;
import io.dislog.log.Record;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a log is to be made or, where one has its name, what that one has to be. Immutable.
 *
 * @param own its own settings, or null where any will do
 * @param traits that it has, or null where any will do
 * @param closed whether it is closed, or null where both will do
 * @param content the records that it begins with; not compared
 * @param inherited where it is a fork that is filled before it is shown: the offset of its first
 *     record; null where it is shown at once
 */
public record Creation(
    @Nullable LogSettings own,
    @Nullable LogTraits traits,
    @Nullable Boolean closed,
    List<Record> content,
    @Nullable Long inherited) {

  /** Any log will do. */
  public static final Creation ANY = new Creation(null, null, null, List.of());

  public Creation {
    content = List.copyOf(content);
  }

  /** A log that is shown at once. */
  public Creation(
      @Nullable LogSettings own,
      @Nullable LogTraits traits,
      @Nullable Boolean closed,
      List<Record> content) {
    this(own, traits, closed, content, null);
  }

  /** An empty log with settings of its own, or with any. */
  public static Creation of(@Nullable LogSettings own) {
    return own == null ? ANY : new Creation(own, LogTraits.NONE, null, List.of());
  }

  /** The settings that a log gets which is made so. */
  public LogSettings newSettings() {
    return own == null ? LogSettings.NONE : own;
  }

  /** The traits that a log gets which is made so. */
  public LogTraits newTraits() {
    return traits == null ? LogTraits.NONE : traits;
  }

  /** Whether a log that is made so begins as a closed one. */
  public boolean isClosed() {
    return closed != null && closed;
  }

  /** Whether the log is shown only once it was filled. */
  public boolean isStaged() {
    return inherited != null;
  }

  /** Where a fork leaves its source, whose files it is to begin with; null where it has none. */
  public @Nullable ForkPoint linked() {
    return isStaged() ? null : newTraits().fork();
  }

  /** Bytes of the values, keys and headers of what the log begins with. */
  public long size() {
    return Record.sizeOf(content);
  }

  /**
   * Appends what the log begins with, which is not empty; closes a log that begins as a closed one.
   */
  public Append firstBatch() {
    return new Append(content, null, null, null, isClosed(), size());
  }

  /** Whether earlier versions of Dislog can make such a log, too. */
  public boolean isPlain() {
    return newTraits().equals(LogTraits.NONE) && closed == null && content.isEmpty();
  }
}

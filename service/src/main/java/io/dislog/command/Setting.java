package io.dislog.command;

import static io.dislog.command.Setting.Kind.DURABILITY_NAME;
import static io.dislog.command.Setting.Kind.DURATION;
import static io.dislog.command.Setting.Kind.FLAG;
import static io.dislog.command.Setting.Kind.SIZE;

import io.dislog.log.Record;
import io.dislog.log.SegmentPolicy;

/**
 * One member of a log's configuration.
 *
 * <p>Every value is a {@code long}, so that settings merge, travel and are stored alike: bytes for
 * a size, milliseconds for a duration, 0 or 1 for a flag, 0 for {@code fsync} and 1 for {@code
 * buffered}. The codes are part of the journal's format.
 */
public enum Setting {
  SEGMENT_MAX_BYTES(
      1, "segment", "maxBytes", SIZE, false, SegmentPolicy.MIN_BYTES, SegmentPolicy.MAX_BYTES),
  SEGMENT_MAX_AGE(2, "segment", "maxAge", DURATION, true, 1, Setting.MAX_MILLIS),
  RETENTION_MAX_AGE(3, "retention", "maxAge", DURATION, true, 1, Setting.MAX_MILLIS),
  RETENTION_MAX_BYTES(4, "retention", "maxBytes", SIZE, true, 1, Long.MAX_VALUE),
  RETENTION_DELETE_PROCESSED(5, "retention", "deleteProcessed", FLAG, false, 0, 1),
  RETENTION_DELETE_ARCHIVED(6, "retention", "deleteArchived", FLAG, false, 0, 1),
  RETENTION_HOLD_UNPROCESSED(7, "retention", "holdUnprocessed", FLAG, false, 0, 1),
  RETENTION_HOLD_UNARCHIVED(8, "retention", "holdUnarchived", FLAG, false, 0, 1),
  DURABILITY(9, "", "durability", DURABILITY_NAME, false, 0, 1),
  MAX_RECORD_BYTES(10, "", "maxRecordBytes", SIZE, false, 1, Record.MAX_VALUE_BYTES);

  /** The value that says: no limit, whatever the default says. */
  public static final long NO_LIMIT = -1;

  /** A million days: times that far ahead can still be written. */
  private static final long MAX_MILLIS = 1_000_000L * 24 * 60 * 60 * 1000;

  /** How a setting is written. */
  public enum Kind {
    SIZE,
    DURATION,
    FLAG,
    DURABILITY_NAME
  }

  private final int code;
  private final String section;
  private final String member;
  private final Kind kind;
  private final boolean limit;
  private final long least;
  private final long most;

  Setting(
      int code, String section, String member, Kind kind, boolean limit, long least, long most) {
    this.code = code;
    this.section = section;
    this.member = member;
    this.kind = kind;
    this.limit = limit;
    this.least = least;
    this.most = most;
  }

  /** What stands for it in a journal. */
  public int code() {
    return code;
  }

  /** The setting that a code stands for. */
  public static Setting of(int code) {
    for (Setting setting : values()) {
      if (setting.code == code) {
        return setting;
      }
    }
    throw new IllegalArgumentException("a setting of code " + code + " is unknown to this version");
  }

  /** The JSON object that holds it, or "" for the configuration itself. */
  public String section() {
    return section;
  }

  /** Its JSON name within the section. */
  public String member() {
    return member;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether it may be {@link #NO_LIMIT}. */
  public boolean isLimit() {
    return limit;
  }

  /** The least value that it takes. */
  public long least() {
    return least;
  }

  /** The largest value that it takes. */
  public long most() {
    return most;
  }

  /** Whether a value is in its range. */
  public boolean allows(long value) {
    return (limit && value == NO_LIMIT) || (value >= least && value <= most);
  }
}

package io.dislog.command;

import io.dislog.api.Setting;
import io.dislog.log.SegmentPolicy;
import io.dislog.retention.RetentionPolicy;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole effective configuration of a log.
 *
 * @param segment when segments are sealed
 * @param retention when sealed segments go
 * @param durability what an append has reached when it is answered
 * @param maxRecordBytes the largest value, in bytes
 */
public record LogConfig(
    SegmentPolicy segment, RetentionPolicy retention, Durability durability, int maxRecordBytes) {

  /** What settings mean in which every setting but the limits has a value. */
  public static LogConfig of(LogSettings effective) {
    Map<Setting, Long> values = effective.values();
    return new LogConfig(
        new SegmentPolicy(
            value(values, Setting.SEGMENT_MAX_BYTES), age(values, Setting.SEGMENT_MAX_AGE)),
        new RetentionPolicy(
            age(values, Setting.RETENTION_MAX_AGE),
            limit(values, Setting.RETENTION_MAX_BYTES),
            flag(values, Setting.RETENTION_DELETE_PROCESSED),
            flag(values, Setting.RETENTION_DELETE_ARCHIVED),
            flag(values, Setting.RETENTION_HOLD_UNPROCESSED),
            flag(values, Setting.RETENTION_HOLD_UNARCHIVED)),
        flag(values, Setting.DURABILITY) ? Durability.BUFFERED : Durability.FSYNC,
        (int) value(values, Setting.MAX_RECORD_BYTES));
  }

  private static long value(Map<Setting, Long> values, Setting setting) {
    Long value = values.get(setting);
    if (value == null) {
      throw new IllegalArgumentException(setting + " has no default");
    }
    return value;
  }

  private static boolean flag(Map<Setting, Long> values, Setting setting) {
    return value(values, setting) == 1;
  }

  private static @Nullable Long limit(Map<Setting, Long> values, Setting setting) {
    Long value = values.get(setting);
    return value == null || value == Setting.NO_LIMIT ? null : value;
  }

  private static @Nullable Duration age(Map<Setting, Long> values, Setting setting) {
    Long millis = limit(values, setting);
    return millis == null ? null : Duration.ofMillis(millis);
  }
}

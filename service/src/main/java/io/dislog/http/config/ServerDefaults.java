package io.dislog.http.config;

import io.dislog.api.DurabilityName;
import io.dislog.api.Setting;
import io.dislog.command.LogSettings;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** What the service's properties say for logs that say nothing of their own. */
public final class ServerDefaults {

  private final Map<Setting, Long> values = new EnumMap<>(Setting.class);

  private ServerDefaults() {}

  /** Every setting has a value; a limit may have none. */
  public static LogSettings of(ServiceConfig config) {
    ServerDefaults defaults = new ServerDefaults();
    ServiceConfig.Segment segment = config.segment();
    defaults.size("dislog.segment.max-bytes", Setting.SEGMENT_MAX_BYTES, segment.maxBytes());
    defaults.age("dislog.segment.max-age", Setting.SEGMENT_MAX_AGE, segment.maxAge());
    ServiceConfig.Retention retention = config.retention();
    defaults.age("dislog.retention.max-age", Setting.RETENTION_MAX_AGE, retention.maxAge());
    defaults.size("dislog.retention.max-bytes", Setting.RETENTION_MAX_BYTES, retention.maxBytes());
    defaults.flag(Setting.RETENTION_DELETE_PROCESSED, retention.deleteProcessed());
    defaults.flag(Setting.RETENTION_DELETE_ARCHIVED, retention.deleteArchived());
    defaults.flag(Setting.RETENTION_HOLD_UNPROCESSED, retention.holdUnprocessed());
    defaults.flag(Setting.RETENTION_HOLD_UNARCHIVED, retention.holdUnarchived());
    defaults.durability(config.durability());
    defaults.size("dislog.max-record-bytes", Setting.MAX_RECORD_BYTES, config.maxRecordBytes());
    return new LogSettings(defaults.values);
  }

  private void size(String name, Setting setting, String text) {
    if (!noLimit(setting, text)) {
      values.put(setting, Property.size(name, text, setting.least(), setting.most()));
    }
  }

  private void age(String name, Setting setting, String text) {
    if (!noLimit(setting, text)) {
      values.put(setting, Property.millis(name, text, setting.least(), setting.most()));
    }
  }

  private boolean noLimit(Setting setting, String text) {
    boolean none = setting.isLimit() && text.equals(Setting.NONE);
    if (none) {
      values.put(setting, Setting.NO_LIMIT);
    }
    return none;
  }

  private void flag(Setting setting, boolean value) {
    values.put(setting, value ? 1L : 0L);
  }

  private void durability(String text) {
    OptionalLong value = DurabilityName.value(text);
    if (value.isPresent()) {
      values.put(Setting.DURABILITY, value.getAsLong());
      return;
    }
    throw new ConfigurationException(
        "dislog.durability is '%s', which is neither fsync nor buffered".formatted(text),
        Set.of("dislog.durability"));
  }
}

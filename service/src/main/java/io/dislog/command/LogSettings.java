package io.dislog.command;

import io.dislog.api.Setting;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a log (or the defaults) says itself: the settings that it has, none of those that it leaves
 * open. Immutable; two are equal when they say the same.
 *
 * @param values within their setting's range
 */
public record LogSettings(Map<Setting, Long> values) {

  public static final LogSettings NONE = new LogSettings(Map.of());

  public LogSettings {
    EnumMap<Setting, Long> copy = new EnumMap<>(Setting.class);
    copy.putAll(values);
    copy.forEach(LogSettings::check);
    values = Collections.unmodifiableMap(copy);
  }

  /** These settings after a patch. */
  public LogSettings patched(SettingsPatch patch) {
    EnumMap<Setting, Long> merged = new EnumMap<>(Setting.class);
    merged.putAll(values);
    merged.putAll(patch.set());
    merged.keySet().removeAll(patch.reset());
    return new LogSettings(merged);
  }

  /** These settings, and those of the defaults where these say nothing. */
  public LogSettings over(LogSettings defaults) {
    EnumMap<Setting, Long> merged = new EnumMap<>(Setting.class);
    merged.putAll(defaults.values);
    merged.putAll(values);
    return new LogSettings(merged);
  }

  private static void check(Setting setting, long value) {
    if (!setting.allows(value)) {
      throw new IllegalArgumentException(setting + " can't be " + value);
    }
  }
}

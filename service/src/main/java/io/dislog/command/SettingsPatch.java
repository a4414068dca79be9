package io.dislog.command;

import io.dislog.api.Setting;
import java.util.Map;
import java.util.Set;

/**
 * A change of settings.
 *
 * @param set settings that get a value
 * @param reset settings given back to the default
 */
public record SettingsPatch(Map<Setting, Long> set, Set<Setting> reset) {

  public SettingsPatch {
    set = Map.copyOf(set);
    reset = Set.copyOf(reset);
  }
}

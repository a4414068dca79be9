package io.dislog.operator.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dislog.api.Setting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The smallest patch that turns one set of settings into another. Immutable.
 *
 * @param values that they get; JSON's null gives one back to the default
 */
record Change(Map<Setting, JsonNode> values) {

  Change {
    EnumMap<Setting, JsonNode> copy = new EnumMap<>(Setting.class);
    copy.putAll(values);
    values = Collections.unmodifiableMap(copy);
  }

  /** The least change that makes one of the other: nothing where they say the same. */
  static Change between(Settings there, Settings wanted) {
    Map<Setting, JsonNode> values = new EnumMap<>(Setting.class);
    for (Setting setting : Settings.SAYABLE) {
      JsonNode has = there.values().getOrDefault(setting, NullNode.instance);
      JsonNode wants = wanted.values().getOrDefault(setting, NullNode.instance);
      if (!setting.isSame(has, wants)) {
        values.put(setting, wants);
      }
    }
    return new Change(values);
  }

  /** What of this gives a value. */
  Change sets() {
    Map<Setting, JsonNode> sets = new EnumMap<>(Setting.class);
    values.forEach((setting, value) -> {
      if (!value.isNull()) {
        sets.put(setting, value);
      }
    });
    return new Change(sets);
  }

  /** What of this gives back to the default. */
  Change resets() {
    return without(sets().values().keySet());
  }

  Change without(Collection<Setting> settings) {
    Map<Setting, JsonNode> rest = new EnumMap<>(Setting.class);
    rest.putAll(values);
    rest.keySet().removeAll(settings);
    return new Change(rest);
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  /** As a merge patch. */
  ObjectNode json() {
    return new Settings(values).json();
  }

  /** The settings that it is about, for people. */
  String paths() {
    return values.keySet().stream().map(Setting::path).collect(Collectors.joining(", "));
  }

  /** For people: {@code retention.maxAge is 7d, segment.maxAge is the default}. */
  @Override
  public String toString() {
    List<String> words = new ArrayList<>();
    values.forEach((setting, value) ->
        words.add(
            "%s is %s".formatted(setting.path(), value.isNull() ? "the default" : value.asText())));
    return String.join(", ", words);
  }
}

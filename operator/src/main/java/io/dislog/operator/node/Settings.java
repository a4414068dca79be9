package io.dislog.operator.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dislog.api.Setting;
import io.dislog.operator.crd.LogDurability;
import io.dislog.operator.crd.LogSpec;
import io.dislog.operator.crd.RetentionSpec;
import io.dislog.operator.crd.SegmentSpec;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a resource, a log or the defaults say themselves, as it is written there. Immutable.
 *
 * @param values of the settings that something is said of
 */
record Settings(Map<Setting, JsonNode> values) {

  /** Those that a resource can say something of at any time. */
  static final Set<Setting> SAYABLE =
      Collections.unmodifiableSet(EnumSet.range(Setting.SEGMENT_MAX_BYTES, Setting.DURABILITY));

  Settings {
    EnumMap<Setting, JsonNode> copy = new EnumMap<>(Setting.class);
    copy.putAll(values);
    values = Collections.unmodifiableMap(copy);
  }

  /** What a resource says of one log. */
  static Settings by(LogSpec log) {
    Collector said = new Collector();
    said.put(log.segment());
    said.put(log.retention());
    LogDurability durability = log.durability();
    if (durability != null) {
      said.put(Setting.DURABILITY, TextNode.valueOf(durability.name().toLowerCase(Locale.ROOT)));
    }
    return new Settings(said.values);
  }

  /** What a resource says of logs that say nothing themselves. */
  static Settings by(@Nullable SegmentSpec segment, @Nullable RetentionSpec retention) {
    Collector said = new Collector();
    said.put(segment);
    said.put(retention);
    return new Settings(said.values);
  }

  /** What a configuration of the service says; settings that no resource knows are left out. */
  static Settings by(JsonNode config) {
    Collector said = new Collector();
    for (Setting setting : SAYABLE) {
      JsonNode value = setting.in(config);
      said.put(setting, value.isMissingNode() ? null : value);
    }
    return new Settings(said.values);
  }

  /** This as a configuration of the service. */
  ObjectNode json() {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    values.forEach((setting, value) -> setting.put(config, value));
    return config;
  }

  /** Gathers what is not null. For one thread. */
  private static final class Collector {
    private final Map<Setting, JsonNode> values = new EnumMap<>(Setting.class);

    void put(@Nullable SegmentSpec segment) {
      if (segment != null) {
        put(Setting.SEGMENT_MAX_BYTES, node(segment.maxBytes()));
        put(Setting.SEGMENT_MAX_AGE, node(segment.maxAge()));
      }
    }

    void put(@Nullable RetentionSpec retention) {
      if (retention != null) {
        put(Setting.RETENTION_MAX_AGE, node(retention.maxAge()));
        put(Setting.RETENTION_MAX_BYTES, node(retention.maxBytes()));
        put(Setting.RETENTION_DELETE_PROCESSED, node(retention.deleteProcessed()));
        put(Setting.RETENTION_DELETE_ARCHIVED, node(retention.deleteArchived()));
        put(Setting.RETENTION_HOLD_UNPROCESSED, node(retention.holdUnprocessed()));
        put(Setting.RETENTION_HOLD_UNARCHIVED, node(retention.holdUnarchived()));
      }
    }

    void put(Setting setting, @Nullable JsonNode value) {
      if (value != null) {
        values.put(setting, value);
      }
    }

    private static @Nullable JsonNode node(@Nullable String text) {
      return text == null ? null : TextNode.valueOf(text);
    }

    private static @Nullable JsonNode node(@Nullable Boolean flag) {
      return flag == null ? null : BooleanNode.valueOf(flag);
    }

    private static @Nullable JsonNode node(@Nullable IntOrString size) {
      if (size == null) {
        return null;
      }
      Integer bytes = size.getIntVal();
      return bytes == null ? node(size.getStrVal()) : IntNode.valueOf(bytes);
    }
  }
}

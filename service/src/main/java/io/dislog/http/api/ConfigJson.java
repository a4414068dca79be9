package io.dislog.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dislog.api.Setting;
import io.dislog.command.Creation;
import io.dislog.command.LogSettings;
import io.dislog.command.LogTraits;
import io.dislog.command.SettingsPatch;
import io.dislog.http.exchange.Json;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.Spelling;
import io.dislog.http.notation.Text;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A log's configuration as JSON; its members are those of {@link Setting}. */
final class ConfigJson {

  private final boolean patch;
  private final Map<Setting, Long> set = new EnumMap<>(Setting.class);
  private final Set<Setting> reset = EnumSet.noneOf(Setting.class);

  private ConfigJson(boolean patch) {
    this.patch = patch;
  }

  /**
   * How a log is to be made: its own settings, in which null may not stand, and its traits.
   *
   * @param now in milliseconds since 1970
   */
  static Creation creation(ByteBuffer body, long now) {
    JsonNode object = Json.object(body, ProblemType.INVALID_CONFIG);
    LogTraits traits = TraitsJson.take((ObjectNode) object, now);
    ConfigJson config = new ConfigJson(false);
    config.read("", object);
    return new Creation(new LogSettings(config.set), traits, null, List.of());
  }

  /** A merge patch, in which null gives a member back to the default. */
  static SettingsPatch patch(ByteBuffer body) {
    ConfigJson config = new ConfigJson(true);
    config.read("", Json.object(body, ProblemType.INVALID_CONFIG));
    return new SettingsPatch(config.set, config.reset);
  }

  /** What is in force as an object; a limit that is not set is left out. */
  static ObjectNode json(LogSettings settings) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    settings
        .values()
        .forEach((setting, value) -> {
          if (value != Setting.NO_LIMIT) {
            setting.put(config, setting.write(value));
          }
        });
    return config;
  }

  /** What somebody says as an object that says the same; no limit is "none". */
  static ObjectNode ownJson(LogSettings settings) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    settings.values().forEach((setting, value) -> setting.put(config, setting.write(value)));
    return config;
  }

  private void read(String section, JsonNode object) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String name = member.getKey();
      Setting setting = setting(section, name);
      if (setting != null) {
        read(setting, path(section, name), member.getValue());
      } else if (section.isEmpty() && isSection(name)) {
        readSection(name, member.getValue());
      } else {
        throw unknown(section, name);
      }
    }
  }

  private void readSection(String section, JsonNode node) {
    if (node.isNull() && patch) {
      for (Setting setting : Setting.values()) {
        if (setting.section().equals(section)) {
          reset.add(setting);
        }
      }
    } else if (node.isObject()) {
      read(section, node);
    } else {
      throw invalid(section, "is not an object");
    }
  }

  private void read(Setting setting, String path, JsonNode node) {
    if (node.isNull() && patch) {
      reset.add(setting);
    } else {
      OptionalLong value = setting.read(node);
      if (value.isEmpty() || !setting.allows(value.getAsLong())) {
        throw invalid(
            path, "can't be %s: it is %s".formatted(Text.safe(node.toString()), range(setting)));
      }
      set.put(setting, value.getAsLong());
    }
  }

  /** What a setting can be. */
  private static String range(Setting setting) {
    String none = setting.isLimit() ? ", or \"none\"" : "";
    return switch (setting.kind()) {
      case SIZE ->
          "a size in bytes from %d to %d, such as \"64Ki\"%s"
              .formatted(setting.least(), setting.most(), none);
      case DURATION -> "a duration of at least 1s, such as \"12h\" or \"7d\"%s".formatted(none);
      case FLAG -> "true or false";
      case DURABILITY_NAME -> "\"fsync\" or \"buffered\"";
    };
  }

  private static ProblemException unknown(String section, String member) {
    if (section.isEmpty() && TraitsJson.MEMBERS.contains(member)) {
      return invalid(member, "is given when a log is made, and can't be changed");
    }
    List<String> known = new ArrayList<>(section.isEmpty() ? TraitsJson.MEMBERS : List.of());
    for (Setting setting : Setting.values()) {
      if (setting.section().equals(section)) {
        known.add(setting.member());
      } else if (section.isEmpty() && !known.contains(setting.section())) {
        known.add(setting.section());
      }
    }
    String meant = Spelling.nearest(member, known);
    return invalid(
        path(section, member),
        "is unknown; "
            + (meant == null
                ? "known are " + String.join(", ", known)
                : "did you mean '" + path(section, meant) + "'?"));
  }

  private static @Nullable Setting setting(String section, String member) {
    for (Setting setting : Setting.values()) {
      if (setting.section().equals(section) && setting.member().equals(member)) {
        return setting;
      }
    }
    return null;
  }

  private static boolean isSection(String name) {
    for (Setting setting : Setting.values()) {
      if (!name.isEmpty() && setting.section().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static String path(String section, String member) {
    return section.isEmpty() ? member : section + "." + member;
  }

  static ProblemException invalid(String path, String what) {
    return new ProblemException(ProblemType.INVALID_CONFIG, "'" + Text.safe(path) + "' " + what);
  }
}

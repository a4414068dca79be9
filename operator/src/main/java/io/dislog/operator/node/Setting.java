package io.dislog.operator.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;

/** One member of a configuration that a resource can say something of. */
enum Setting {
  SEGMENT_MAX_BYTES("segment", "maxBytes"),
  SEGMENT_MAX_AGE("segment", "maxAge"),
  RETENTION_MAX_AGE("retention", "maxAge"),
  RETENTION_MAX_BYTES("retention", "maxBytes"),
  RETENTION_DELETE_PROCESSED("retention", "deleteProcessed"),
  RETENTION_DELETE_ARCHIVED("retention", "deleteArchived"),
  RETENTION_HOLD_UNPROCESSED("retention", "holdUnprocessed"),
  RETENTION_HOLD_UNARCHIVED("retention", "holdUnarchived"),
  DURABILITY("", "durability");

  private final String section;
  private final String member;

  Setting(String section, String member) {
    this.section = section;
    this.member = member;
  }

  /** The JSON object that holds it, or "" for the configuration itself. */
  String section() {
    return section;
  }

  /** Its JSON name within the section. */
  String member() {
    return member;
  }

  /** Where it stands in a configuration, for people. */
  String path() {
    return section.isEmpty() ? member : section + "." + member;
  }

  /** Whether two values say the same, in whatever unit. */
  static boolean isSame(JsonNode one, JsonNode other) {
    OptionalLong amount = Amount.of(one);
    return one.equals(other) || (amount.isPresent() && amount.equals(Amount.of(other)));
  }
}

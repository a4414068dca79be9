package io.dislog.api;

import static io.dislog.api.Setting.Kind.DURABILITY_NAME;
import static io.dislog.api.Setting.Kind.DURATION;
import static io.dislog.api.Setting.Kind.FLAG;
import static io.dislog.api.Setting.Kind.SIZE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.OptionalLong;

/**
 * One member of a log's configuration.
 *
 * <p>Every value is a {@code long}, so that settings merge, travel and are stored alike: bytes for
 * a size, milliseconds for a duration, 0 or 1 for a flag, 0 for {@code fsync} and 1 for {@code
 * buffered}. The codes are part of the journal's format: none is ever used again.
 */
public enum Setting {
  SEGMENT_MAX_BYTES(1, "segment", "maxBytes", SIZE, false, 4 << 10, (1L << 40) - 1),
  SEGMENT_MAX_AGE(2, "segment", "maxAge", DURATION, true, 1, Setting.MAX_MILLIS),
  RETENTION_MAX_AGE(3, "retention", "maxAge", DURATION, true, 1, Setting.MAX_MILLIS),
  RETENTION_MAX_BYTES(4, "retention", "maxBytes", SIZE, true, 1, Long.MAX_VALUE),
  RETENTION_DELETE_PROCESSED(5, "retention", "deleteProcessed", FLAG, false, 0, 1),
  RETENTION_DELETE_ARCHIVED(6, "retention", "deleteArchived", FLAG, false, 0, 1),
  RETENTION_HOLD_UNPROCESSED(7, "retention", "holdUnprocessed", FLAG, false, 0, 1),
  RETENTION_HOLD_UNARCHIVED(8, "retention", "holdUnarchived", FLAG, false, 0, 1),
  DURABILITY(9, "", "durability", DURABILITY_NAME, false, 0, 1),
  MAX_RECORD_BYTES(10, "", "maxRecordBytes", SIZE, false, 1, 64 << 20);

  /** The value that says: no limit, whatever the default says. */
  public static final long NO_LIMIT = -1;

  /** How {@link #NO_LIMIT} is written. */
  public static final String NONE = "none";

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

  /** Where it stands in a configuration, for people. */
  public String path() {
    return section.isEmpty() ? member : section + "." + member;
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

  /** What a configuration says of it; missing where it says nothing. */
  public JsonNode in(JsonNode config) {
    return (section.isEmpty() ? config : config.path(section)).path(member);
  }

  /** Has a configuration say a value of it, as it is written. */
  public void put(ObjectNode config, JsonNode value) {
    ObjectNode object = section.isEmpty() ? config : config.withObjectProperty(section);
    object.set(member, value);
  }

  /** A value as it is written. */
  public JsonNode write(long value) {
    if (value == NO_LIMIT) {
      return TextNode.valueOf(NONE);
    }
    return switch (kind) {
      case SIZE -> LongNode.valueOf(value);
      case DURATION -> TextNode.valueOf(Span.print(value));
      case FLAG -> BooleanNode.valueOf(value == 1);
      case DURABILITY_NAME -> TextNode.valueOf(DurabilityName.of(value));
    };
  }

  /** Reads a value; empty where it is not written as one of this kind, whatever the range. */
  public OptionalLong read(JsonNode value) {
    if (limit && value.isTextual() && value.textValue().equals(NONE)) {
      return OptionalLong.of(NO_LIMIT);
    }
    return switch (kind) {
      case SIZE -> size(value);
      case DURATION -> value.isTextual() ? Span.parse(value.textValue()) : OptionalLong.empty();
      case FLAG ->
          value.isBoolean() ? OptionalLong.of(value.booleanValue() ? 1 : 0) : OptionalLong.empty();
      case DURABILITY_NAME ->
          value.isTextual() ? DurabilityName.value(value.textValue()) : OptionalLong.empty();
    };
  }

  /** Whether two values say the same, in whatever unit. */
  public boolean isSame(JsonNode one, JsonNode other) {
    OptionalLong value = read(one);
    return one.equals(other) || (value.isPresent() && value.equals(read(other)));
  }

  private static OptionalLong size(JsonNode value) {
    if (value.isTextual()) {
      return ByteSize.parse(value.textValue());
    }
    return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0
        ? OptionalLong.of(value.longValue())
        : OptionalLong.empty();
  }
}

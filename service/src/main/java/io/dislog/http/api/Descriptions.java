package io.dislog.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dislog.command.Consumer;
import io.dislog.http.notation.Time;
import io.dislog.log.Extent;
import io.dislog.log.SegmentInfo;
import io.dislog.retention.Hold;
import io.dislog.retention.Reason;
import io.dislog.retention.SegmentPlan;
import io.dislog.shard.LogView;
import java.io.IOException;
import java.util.List;

/** What logs, segments, plans and consumers say of themselves, as JSON objects. */
final class Descriptions {

  /** Stands for a time that there is none of. */
  private static final long NO_TIME = -1;

  private Descriptions() {}

  static void log(LogView log, JsonGenerator json) throws IOException {
    log(log, ConfigView.EFFECTIVE, json);
  }

  static void log(LogView log, ConfigView view, JsonGenerator json) throws IOException {
    Extent extent = log.extent();
    json.writeStartObject();
    json.writeStringField("name", log.name());
    json.writeFieldName("config");
    view.write(log, json);
    json.writeNumberField("earliestOffset", extent.earliestOffset());
    json.writeNumberField("endOffset", extent.endOffset());
    json.writeNumberField("records", extent.records());
    json.writeNumberField("bytes", extent.bytes());
    json.writeNumberField("segments", extent.segments());
    time("earliestTime", extent.earliestTime(), json);
    time("latestTime", extent.latestTime(), json);
    json.writeEndObject();
  }

  static void segment(SegmentInfo segment, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("baseOffset", segment.baseOffset());
    json.writeNumberField("endOffset", segment.endOffset());
    json.writeNumberField("records", segment.records());
    json.writeNumberField("bytes", segment.bytes());
    json.writeStringField("state", segment.sealed() ? "sealed" : "active");
    time("createdAt", segment.createdAt(), json);
    time("firstTime", segment.firstTime(), json);
    time("lastTime", segment.lastTime(), json);
    json.writeBooleanField("archived", false);
    json.writeEndObject();
  }

  static void plan(SegmentPlan plan, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("baseOffset", plan.baseOffset());
    json.writeNumberField("bytes", plan.bytes());
    json.writeBooleanField("deletable", plan.deletable());
    time("deleteAt", plan.deleteAt(), json);
    strings("because", plan.because().stream().map(Reason::word).toList(), json);
    strings("heldBy", plan.heldBy().stream().map(Hold::word).toList(), json);
    json.writeEndObject();
  }

  static void consumer(Consumer consumer, LogView log, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", consumer.name());
    json.writeNumberField("offset", consumer.offset());
    json.writeNumberField("lag", log.extent().endOffset() - consumer.offset());
    time("updatedAt", consumer.updatedAt(), json);
    json.writeEndObject();
  }

  private static void time(String member, long millis, JsonGenerator json) throws IOException {
    if (millis != NO_TIME) {
      json.writeStringField(member, Time.print(millis));
    }
  }

  private static void strings(String member, List<String> values, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(member);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}

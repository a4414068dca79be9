package io.dislog.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dislog.api.LogDescription;
import io.dislog.api.RetentionPlan;
import io.dislog.command.Consumer;
import io.dislog.http.notation.Time;
import io.dislog.log.Extent;
import io.dislog.log.SegmentInfo;
import io.dislog.retention.SegmentPlan;
import io.dislog.shard.LogView;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What logs, segments, plans and consumers say of themselves. */
final class Descriptions {

  /** Stands for a time that there is none of. */
  private static final long NO_TIME = -1;

  private Descriptions() {}

  static LogDescription log(LogView log) {
    return log(log, ConfigView.EFFECTIVE);
  }

  static LogDescription log(LogView log, ConfigView view) {
    boolean closed = log.closed();
    Extent extent = log.extent();
    return new LogDescription(
        log.name(),
        view.json(log),
        extent.earliestOffset(),
        extent.endOffset(),
        extent.records(),
        extent.bytes(),
        extent.segments(),
        time(extent.earliestTime()),
        time(extent.latestTime()),
        closed ? true : null,
        log.traits().path());
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

  static RetentionPlan.Segment plan(SegmentPlan plan) {
    return new RetentionPlan.Segment(
        plan.baseOffset(),
        plan.bytes(),
        plan.deletable(),
        time(plan.deleteAt()),
        plan.because(),
        plan.heldBy());
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
    String time = time(millis);
    if (time != null) {
      json.writeStringField(member, time);
    }
  }

  private static @Nullable String time(long millis) {
    return millis == NO_TIME ? null : Time.print(millis);
  }
}

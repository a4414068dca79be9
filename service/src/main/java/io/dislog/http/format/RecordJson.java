package io.dislog.http.format;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dislog.http.notation.Time;
import io.dislog.http.notation.Utf8;
import io.dislog.log.Record;
import io.dislog.log.Record.Header;
import io.dislog.log.StoredRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A stored record as a JSON object. */
public final class RecordJson {

  private RecordJson() {}

  public static void write(StoredRecord stored, JsonGenerator json) throws IOException {
    Record record = stored.record();
    json.writeStartObject();
    json.writeNumberField("offset", stored.offset());
    json.writeStringField("timestamp", Time.print(stored.time()));
    ByteBuffer key = record.key();
    if (key != null) {
      text("key", key, json);
    }
    if (!record.headers().isEmpty()) {
      json.writeObjectFieldStart("headers");
      for (Header header : record.headers()) {
        text(Utf8.decode(header.name()), header.value(), json);
      }
      json.writeEndObject();
    }
    if (Utf8.invalidAt(record.value()) < 0) {
      text("value", record.value(), json);
    } else {
      json.writeFieldName("base64");
      json.writeBinary(bytes(record.value()));
    }
    json.writeEndObject();
  }

  /** A record's header of this name, or null. */
  public static @Nullable ByteBuffer header(Record record, ByteBuffer name) {
    for (Header header : record.headers()) {
      if (header.name().equals(name)) {
        return header.value();
      }
    }
    return null;
  }

  private static void text(String name, ByteBuffer utf8, JsonGenerator json) throws IOException {
    json.writeFieldName(name);
    byte[] bytes = bytes(utf8);
    json.writeUTF8String(bytes, 0, bytes.length);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.duplicate().get(copy);
    return copy;
  }
}

package io.dislog.http.stream;

import io.dislog.log.RecordRange;
import io.dislog.log.StoredRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.Base64;

/** How the records of a stream are written for its readers. */
enum Form {
  /** The bytes, one record's behind the other's. */
  BYTES {
    @Override
    void write(RecordRange range, ByteSink out) throws IOException {
      StoredRecord record;
      while ((record = range.next()) != null) {
        out.write(record.record().value());
      }
    }

    @Override
    long size(RecordRange range) {
      return range.valueBytes();
    }
  },

  /** A JSON array of the messages. */
  JSON {
    @Override
    void write(RecordRange range, ByteSink out) throws IOException {
      String separator = "[";
      StoredRecord record;
      while ((record = range.next()) != null) {
        out.write(separator);
        out.write(record.record().value());
        separator = ",";
      }
      out.write(range.count() == 0 ? "[]" : "]");
    }

    @Override
    long size(RecordRange range) {
      return range.valueBytes() + Math.max(2, range.count() + 1);
    }
  },

  /** The bytes, which are text, as a server-sent event. */
  TEXT_EVENT {
    @Override
    void write(RecordRange range, ByteSink out) throws IOException {
      EventLines lines = EventLines.begin(DATA, out);
      BYTES.write(range, lines);
      lines.end();
    }
  },

  /** A JSON array of the messages as a server-sent event. */
  JSON_EVENT {
    @Override
    void write(RecordRange range, ByteSink out) throws IOException {
      EventLines lines = EventLines.begin(DATA, out);
      JSON.write(range, lines);
      lines.end();
    }
  },

  /** The bytes in Base64 as a server-sent event. */
  BASE64_EVENT {
    @Override
    void write(RecordRange range, ByteSink out) throws IOException {
      EventLines lines = EventLines.begin(DATA, out);
      try (OutputStream encoder = Base64.getEncoder().wrap(new SinkStream(lines))) {
        WritableByteChannel channel = Channels.newChannel(encoder);
        BYTES.write(range, bytes -> channel.write(bytes.duplicate()));
      }
      lines.end();
    }
  };

  private static final String DATA = "data";

  /** Of an answer's body. */
  static Form ofBody(ContentType type) {
    return type.isJson() ? JSON : BYTES;
  }

  /** Of events. */
  static Form ofEvents(ContentType type) {
    return type.isJson() ? JSON_EVENT : type.isText() ? TEXT_EVENT : BASE64_EVENT;
  }

  /** Writes what is left of a range. */
  abstract void write(RecordRange range, ByteSink out) throws IOException;

  /** Bytes of a whole range in this form, or about so many. */
  long size(RecordRange range) {
    return range.valueBytes() + range.valueBytes() / 2;
  }
}

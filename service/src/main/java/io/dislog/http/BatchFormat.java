package io.dislog.http;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** How the records of an append stand in its body. */
interface BatchFormat {

  /**
   * Reads a body.
   *
   * @param body on the heap, from position to limit; its bytes become the records'
   * @return one record or more, or none where the body has none
   * @throws Refused as a malformed batch, with the index of the first bad record
   */
  Batch parse(ByteBuffer body);

  /**
   * The format of a request.
   *
   * @param contentType as it was sent, or null
   * @param key the record's, where the body is a value
   * @throws Refused where a text format has a charset other than UTF-8
   */
  static BatchFormat of(@Nullable String contentType, @Nullable ByteBuffer key) {
    MediaType type = contentType == null ? null : MediaType.parse(contentType);
    if (type == null) {
      return new RawFormat(key, contentType);
    }
    return switch (type.name()) {
      case MediaType.NDJSON -> utf8(type, new NdjsonFormat());
      case MediaType.BATCH_JSON -> utf8(type, new JsonBatchFormat());
      case MediaType.BATCH -> new FrameFormat();
      default -> new RawFormat(key, contentType);
    };
  }

  private static BatchFormat utf8(MediaType type, BatchFormat format) {
    if (!type.isUtf8()) {
      throw new Refused(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, type.name() + " is UTF-8, no other charset");
    }
    return format;
  }
}

package io.dislog.http.format;

import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.MediaType;
import io.dislog.http.notation.ProblemType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** How the records of an append stand in its body. */
public interface BatchFormat {

  /**
   * Reads a body.
   *
   * @param body on the heap, from position to limit; its bytes become the records'
   * @param batch an empty one, to which they go
   * @return that batch, which is empty where the body has no records
   * @throws ProblemException as a malformed batch, with the index of the first bad record
   * @throws Rejection.TooBusy where there is no room for so many
   */
  Batch parse(ByteBuffer body, Batch batch);

  /**
   * The format of a request.
   *
   * @param contentType as it was sent, or null
   * @param key the record's, where the body is a value
   * @throws ProblemException where a text format has a charset other than UTF-8
   */
  static BatchFormat of(@Nullable String contentType, @Nullable ByteBuffer key) {
    if (contentType == null || contentType.isBlank()) {
      return new RawFormat(key, null);
    }
    MediaType type = MediaType.parse(contentType);
    String name = type == null ? MediaType.nameAlone(contentType) : type.name();
    return switch (name) {
      case MediaType.NDJSON -> utf8(type, name, new NdjsonFormat());
      case MediaType.BATCH_JSON -> utf8(type, name, new JsonBatchFormat());
      case MediaType.BATCH -> new FrameFormat();
      // What curl and others say of a body by themselves is not their user's word.
      case MediaType.FORM -> new RawFormat(key, null);
      case MediaType.BYTES -> new RawFormat(key, isBare(type) ? null : contentType);
      default -> new RawFormat(key, contentType);
    };
  }

  private static boolean isBare(@Nullable MediaType type) {
    return type != null && type.parameters().isEmpty();
  }

  private static BatchFormat utf8(@Nullable MediaType type, String name, BatchFormat format) {
    if (type == null || !type.isUtf8()) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, name + " is UTF-8, no other charset");
    }
    return format;
  }
}

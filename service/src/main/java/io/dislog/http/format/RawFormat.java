package io.dislog.http.format;

import io.dislog.log.Record;
import io.dislog.log.Record.Header;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The whole body is the value of one record. */
public final class RawFormat implements BatchFormat {

  /** The record header that keeps the value's media type. */
  public static final ByteBuffer CONTENT_TYPE =
      ByteBuffer.wrap("content-type".getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();

  private final @Nullable ByteBuffer key;
  private final List<Header> headers;

  /**
   * @param key the record's, or null
   * @param contentType what is kept as the value's media type, or null for nothing
   */
  RawFormat(@Nullable ByteBuffer key, @Nullable String contentType) {
    this.key = key;
    this.headers =
        contentType == null
            ? List.of()
            : List.of(
                new Header(
                    CONTENT_TYPE, ByteBuffer.wrap(contentType.getBytes(StandardCharsets.UTF_8))));
  }

  @Override
  public Batch parse(ByteBuffer body, Batch batch) {
    batch.add(new Record(key, headers, body));
    return batch;
  }
}

package io.dislog.api;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes and reads records and trees as JSON of the API; safe for use by many threads. */
public final class ApiJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
          .build();

  private ApiJson() {}

  /** A record or a tree as JSON in UTF-8, without blanks. */
  public static byte[] write(Object said) {
    try {
      return MAPPER.writeValueAsBytes(said);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't be written to", e);
    }
  }

  /**
   * Reads what {@link #write} wrote, here or in another version.
   *
   * @throws IOException where the bytes are no JSON, or JSON of another kind
   */
  public static <T> T read(byte[] json, Class<T> type) throws IOException {
    T said = MAPPER.readValue(json, type);
    if (said == null) {
      throw new IOException("null is no " + type.getSimpleName());
    }
    return said;
  }
}

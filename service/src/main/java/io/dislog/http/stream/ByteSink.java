package io.dislog.http.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Where bytes go. */
@FunctionalInterface
interface ByteSink {

  /** Takes all that a buffer has left. */
  void write(ByteBuffer bytes) throws IOException;

  /** Takes a text of ASCII. */
  default void write(String ascii) throws IOException {
    write(ByteBuffer.wrap(ascii.getBytes(StandardCharsets.US_ASCII)));
  }
}

package io.dislog.http.cluster;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;

/** Bytes that are sent as they are. Stateless. */
final class WrappedBytes {

  private WrappedBytes() {}

  /** There may be many, and the way that is not deprecated copies them. */
  @SuppressWarnings("deprecation")
  static Buffer of(ByteBuffer bytes) {
    return Buffer.buffer(Unpooled.wrappedBuffer(bytes));
  }
}

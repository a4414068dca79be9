package io.dislog.http.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** A sink for who writes to a stream; to close it does nothing. */
final class SinkStream extends OutputStream {

  private final ByteSink sink;

  SinkStream(ByteSink sink) {
    this.sink = sink;
  }

  @Override
  public void write(int b) throws IOException {
    sink.write(ByteBuffer.wrap(new byte[] {(byte) b}));
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    sink.write(ByteBuffer.wrap(bytes, from, count));
  }
}

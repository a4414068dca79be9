package io.dislog.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The binary frames, written and read as their description says. */
final class Frames {

  private static final int KEY = 1;
  private static final int HEADERS = 2;
  private static final int PLACE = 4;
  private static final int CHECKSUM = 8;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Adds a record without key and headers. */
  Frames add(byte[] value) {
    return add(null, Map.of(), value);
  }

  Frames add(@Nullable String key, Map<String, String> headers, byte[] value) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(frame)) {
      out.writeByte((key == null ? 0 : KEY) | (headers.isEmpty() ? 0 : HEADERS));
      if (key != null) {
        byte[] text = key.getBytes(UTF_8);
        out.writeInt(text.length);
        out.write(text);
      }
      if (!headers.isEmpty()) {
        out.writeShort(headers.size());
        for (Map.Entry<String, String> header : headers.entrySet()) {
          byte[] name = header.getKey().getBytes(UTF_8);
          byte[] text = header.getValue().getBytes(UTF_8);
          out.writeShort(name.length);
          out.write(name);
          out.writeInt(text.length);
          out.write(text);
        }
      }
      out.write(value);
      bytes.writeBytes(ByteBuffer.allocate(4).putInt(frame.size()).array());
      bytes.writeBytes(frame.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  /** Reads an answer, and checks each frame's checksum. */
  static void read(byte[] answer, Consumer<Received> to) {
    ByteBuffer rest = ByteBuffer.wrap(answer);
    while (rest.hasRemaining()) {
      int length = rest.getInt();
      assertThat(length).as("length of a frame").isBetween(21, rest.remaining());
      to.accept(frame(rest.slice(rest.position(), length)));
      rest.position(rest.position() + length);
    }
  }

  private static Received frame(ByteBuffer frame) {
    int flags = frame.get();
    assertThat(flags & (PLACE | CHECKSUM)).as("flags of a frame").isEqualTo(PLACE | CHECKSUM);
    int checksum = frame.getInt();
    CRC32C computed = new CRC32C();
    computed.update(flags);
    computed.update(frame.slice());
    assertThat((int) computed.getValue()).as("CRC-32C").isEqualTo(checksum);
    long offset = frame.getLong();
    long time = frame.getLong();
    String key = (flags & KEY) == 0 ? null : text(frame, frame.getInt());
    Map<String, String> headers = new TreeMap<>();
    if ((flags & HEADERS) != 0) {
      for (int left = frame.getShort() & 0xffff; left > 0; left--) {
        String name = text(frame, frame.getShort() & 0xffff);
        headers.put(name, text(frame, frame.getInt()));
      }
    }
    byte[] value = new byte[frame.remaining()];
    frame.get(value);
    return new Received(offset, time, key, headers, value);
  }

  private static String text(ByteBuffer from, int length) {
    byte[] bytes = new byte[length];
    from.get(bytes);
    return new String(bytes, UTF_8);
  }
}

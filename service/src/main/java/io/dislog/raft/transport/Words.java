package io.dislog.raft.transport;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** What both ends of a new connection say, piece by piece. For one thread, which it blocks. */
final class Words {

  private static final byte[] MAGIC = "DSLGPEER".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_TEXT_BYTES = 255;

  /** A token has 1 to 2 KB. */
  private static final int MOST_SHOWN_BYTES = 8 << 10;

  private final DataInputStream in;
  private final OutputStream out;
  private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
  private final DataOutputStream words = new DataOutputStream(unsent);

  Words(ByteChannel channel) {
    in = new DataInputStream(Channels.newInputStream(channel));
    out = Channels.newOutputStream(channel);
  }

  Words begin(int version) throws IOException {
    words.write(MAGIC);
    words.write(version);
    return this;
  }

  Words text(String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int size = Math.min(utf8.length, MOST_TEXT_BYTES);
    words.write(size);
    words.write(utf8, 0, size);
    return this;
  }

  Words number(int number) throws IOException {
    words.write(number);
    return this;
  }

  /**
   * @param nonce in hexadecimal digits
   */
  Words nonce(String nonce) throws IOException {
    words.write(HexFormat.of().parseHex(nonce));
    return this;
  }

  Words shown(byte[] shown) throws IOException {
    if (shown.length > MOST_SHOWN_BYTES) {
      throw new IOException("what this node would show is too large");
    }
    words.writeShort(shown.length);
    words.write(shown);
    return this;
  }

  void send() throws IOException {
    out.write(unsent.toByteArray());
    unsent.reset();
  }

  /** The other end's version. */
  int hearBegin() throws IOException {
    byte[] magic = in.readNBytes(MAGIC.length);
    if (magic.length == 0) {
      throw new EOFException("the other end has closed the connection and said nothing");
    }
    int version = Arrays.equals(magic, MAGIC) ? in.readUnsignedByte() : 0;
    if (version == 0) {
      throw new Mismatch(
          "the other end speaks another protocol; nodes before 0.1.0 do, and must be replaced");
    }
    return version;
  }

  String hearText() throws IOException {
    return new String(hear(in.readUnsignedByte()), StandardCharsets.UTF_8);
  }

  int hearNumber() throws IOException {
    return in.readUnsignedByte();
  }

  String hearNonce(int size) throws IOException {
    return HexFormat.of().formatHex(hear(size));
  }

  byte[] hearShown() throws IOException {
    int size = in.readUnsignedShort();
    if (size > MOST_SHOWN_BYTES) {
      throw new Mismatch("the other end shows more than a node does");
    }
    return hear(size);
  }

  private byte[] hear(int size) throws IOException {
    byte[] heard = in.readNBytes(size);
    if (heard.length < size) {
      throw new IOException("the other end has closed the connection");
    }
    return heard;
  }
}

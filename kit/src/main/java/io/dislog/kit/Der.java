package io.dislog.kit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Elements of ASN.1 in DER (X.690), as certificates have them. Stateless. */
final class Der {

  private static final int MANY = 0x80;
  private static final int ONE_BYTE = 0x81;
  private static final int TWO_BYTES = 0x82;

  private Der() {}

  static byte[] element(int tag, byte[]... contents) {
    byte[] all = joined(contents);
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    der.write(tag);
    if (all.length >= 1 << Byte.SIZE) {
      der.write(TWO_BYTES);
      der.write(all.length >> Byte.SIZE);
    } else if (all.length >= MANY) {
      der.write(ONE_BYTE);
    }
    der.write(all.length);
    der.writeBytes(all);
    return der.toByteArray();
  }

  static byte[] sequence(byte[]... contents) {
    return element(0x30, contents);
  }

  static byte[] text(int tag, String text) {
    return element(tag, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] bits(byte[] bytes) {
    return element(0x03, new byte[1], bytes);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}

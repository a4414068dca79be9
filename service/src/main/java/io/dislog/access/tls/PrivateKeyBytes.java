package io.dislog.access.tls;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Private keys as DER has them: of PKCS#8, and of the older forms of RSA (PKCS#1) and of elliptic
 * curves (SEC 1, RFC 5915), which are put into PKCS#8, as the JDK reads that alone. Stateless.
 */
final class PrivateKeyBytes {

  private static final int INTEGER = 0x02;
  private static final int OCTETS = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final int PARAMETERS = 0xA0;

  private static final byte[] VERSION = {INTEGER, 1, 0};

  /** The algorithm's identifier and its parameters, which are none. */
  private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");

  /** The same, whose parameters are a curve that follows. */
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

  private PrivateKeyBytes() {}

  static PrivateKey pkcs8(byte[] bytes) throws GeneralSecurityException {
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(bytes);
    InvalidKeySpecException flaw = new InvalidKeySpecException("it is of no known algorithm");
    for (String algorithm : new String[] {"RSA", "EC", "EdDSA"}) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        flaw.addSuppressed(e); // It may be another one's.
      }
    }
    throw flaw;
  }

  static PrivateKey pkcs1(byte[] bytes) throws GeneralSecurityException {
    return pkcs8(wrapped(RSA, bytes));
  }

  static PrivateKey sec1(byte[] bytes) throws GeneralSecurityException {
    return pkcs8(wrapped(joined(EC, curve(bytes)), bytes));
  }

  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    return element(
        SEQUENCE, joined(VERSION, joined(element(SEQUENCE, algorithm), element(OCTETS, key))));
  }

  /** What stands in the parameters, which follow the version and the number. */
  private static byte[] curve(byte[] key) throws InvalidKeySpecException {
    int at = contents(key, 0);
    while (at < key.length) {
      int begin = contents(key, at);
      int end = begin + length(key, at);
      if (Byte.toUnsignedInt(key[at]) == PARAMETERS) {
        return Arrays.copyOfRange(key, begin, end);
      }
      at = end;
    }
    throw new InvalidKeySpecException("it names no curve");
  }

  /** Where an element's contents begin. */
  private static int contents(byte[] der, int at) {
    return at + 2 + more(der, at);
  }

  private static int length(byte[] der, int at) {
    int more = more(der, at);
    if (more == 0) {
      return der[at + 1];
    }
    int length = 0;
    for (int i = 0; i < more; i++) {
      length = length << 8 | Byte.toUnsignedInt(der[at + 2 + i]);
    }
    return Math.clamp(length, 0, der.length);
  }

  /** How many bytes more the length has than one. */
  private static int more(byte[] der, int at) {
    return der[at + 1] < 0 ? der[at + 1] & 0x7F : 0;
  }

  private static byte[] element(int tag, byte[] contents) {
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    der.write(tag);
    if (contents.length > 0xFF) { // A key has less than 64 KiB.
      der.write(0x82);
      der.write(contents.length >> 8);
    } else if (contents.length > 0x7F) {
      der.write(0x81);
    }
    der.write(contents.length);
    der.writeBytes(contents);
    return der.toByteArray();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}

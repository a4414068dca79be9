package io.dislog.kit;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Makes certificates for tests, of elliptic curves. Safe for use by many threads. */
public final class Authority {

  private static final byte[] ECDSA = Der.sequence(hex("06082a8648ce3d040302"));
  private static final byte[] COMMON_NAME = hex("0603550403");
  private static final byte[] IS_AUTHORITY = hex("300f0603551d130101ff040530030101ff");
  private static final byte[] OTHER_NAMES = hex("0603551d11");
  private static final Duration LIFE = Duration.ofDays(2);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private final String name;
  private final KeyPair pair = pair();
  private final byte[] certificate;

  public Authority(String name) {
    this.name = name;
    certificate = signed(name, pair.getPublic(), IS_AUTHORITY);
  }

  /** A certificate and its key, in PEM. */
  public record Leaf(String certificate, String key) {

    /** Writes both to a folder, as {@code tls.crt} and {@code tls.key}. */
    public void writeTo(Path folder) throws IOException {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("tls.crt"), certificate);
      Files.writeString(folder.resolve("tls.key"), key);
    }
  }

  /** Its own certificate, in PEM. */
  public String pem() {
    return pem("CERTIFICATE", certificate);
  }

  /**
   * Makes one.
   *
   * @param common name of its subject
   * @param hosts that it is for, names and addresses
   */
  public Leaf leaf(String common, String... hosts) {
    KeyPair own = pair();
    byte[] names = new byte[0];
    if (hosts.length > 0) {
      byte[][] all = List.of(hosts).stream().map(Authority::host).toArray(byte[][]::new);
      names = Der.sequence(OTHER_NAMES, Der.element(0x04, Der.sequence(all)));
    }
    return new Leaf(
        pem("CERTIFICATE", signed(common, own.getPublic(), names)),
        pem("PRIVATE KEY", own.getPrivate().getEncoded()));
  }

  private static byte[] host(String host) {
    try {
      return Der.element(0x87, InetAddress.ofLiteral(host).getAddress());
    } catch (IllegalArgumentException e) {
      return Der.text(0x82, host);
    }
  }

  private byte[] signed(String subject, PublicKey key, byte[] extension) {
    Instant now = Instant.now();
    byte[] extensions =
        extension.length == 0 ? extension : Der.element(0xA3, Der.sequence(extension));
    byte[] body =
        Der.sequence(
            hex("a003020102"),
            Der.element(0x02, new BigInteger(63, new SecureRandom()).toByteArray()),
            ECDSA,
            named(name),
            Der.sequence(time(now.minus(LIFE)), time(now.plus(LIFE))),
            named(subject),
            key.getEncoded(),
            extensions);
    return Der.sequence(body, ECDSA, Der.bits(signature(pair.getPrivate(), body)));
  }

  private static byte[] named(String name) {
    return Der.sequence(Der.element(0x31, Der.sequence(COMMON_NAME, Der.text(0x0C, name))));
  }

  private static byte[] time(Instant instant) {
    return Der.text(0x17, TIME.format(instant));
  }

  private static byte[] signature(PrivateKey key, byte[] bytes) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String label, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes), label);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}

package io.dislog.access.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts of PEM (RFC 7468): what stands between lines of hyphens; all else is left out. Stateless.
 */
final class Pem {

  private static final int MOST_BYTES = 4 << 20;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String KEY = "PRIVATE KEY";

  private Pem() {}

  /** One piece. */
  record Block(String label, String base64) {

    byte[] bytes() throws TlsException {
      try {
        return Base64.getMimeDecoder().decode(base64);
      } catch (IllegalArgumentException e) {
        throw new TlsException("a %s in it is not in base64".formatted(label));
      }
    }
  }

  static String read(Path file) throws TlsException {
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new TlsException("%s is larger than %d bytes".formatted(file, MOST_BYTES));
      }
      return new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new TlsException("%s can't be read".formatted(file));
    }
  }

  /** The certificates of a text, in its order; at least one. */
  static List<X509Certificate> certificates(String text) throws TlsException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks(text)) {
      if (block.label().equals(CERTIFICATE)) {
        certificates.add(certificate(block));
      }
    }
    if (certificates.isEmpty()) {
      throw new TlsException("it has no certificate");
    }
    return certificates;
  }

  private static X509Certificate certificate(Block block) throws TlsException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.bytes()));
    } catch (CertificateException e) {
      throw new TlsException("a certificate in it can't be read");
    }
  }

  /** The private key of a text, and there is one alone. */
  static PrivateKey key(String text) throws TlsException {
    List<Block> keys = blocks(text).stream().filter(block -> block.label().endsWith(KEY)).toList();
    if (keys.size() != 1) {
      throw new TlsException("it has %d private keys".formatted(keys.size()));
    }
    Block block = keys.getFirst();
    try {
      return switch (block.label()) {
        case KEY -> PrivateKeyBytes.pkcs8(block.bytes());
        case "RSA PRIVATE KEY" -> PrivateKeyBytes.pkcs1(block.bytes());
        case "EC PRIVATE KEY" -> PrivateKeyBytes.sec1(block.bytes());
        default -> throw new TlsException("it has a key of the kind " + block.label());
      };
    } catch (GeneralSecurityException | IndexOutOfBoundsException e) {
      throw new TlsException("its private key can't be read");
    }
  }

  private static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }
}

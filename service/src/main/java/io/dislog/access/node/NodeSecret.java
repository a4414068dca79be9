package io.dislog.access.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What all nodes of a cluster know, and nobody else. Safe for use by many threads. */
public final class NodeSecret {

  /** As many as the proofs have: guessing one is no easier than guessing the other. */
  public static final int LEAST_BYTES = 32;

  private static final int MOST_BYTES = 64 << 10;
  private static final String ALGORITHM = "HmacSHA256";

  /** So that a proof to nodes is none of anything else that the secret may prove one day. */
  private static final String FOR_REQUESTS = "dislog-node-1";

  private static final String FOR_CONNECTIONS = "dislog-connection-1";

  private final Mac keyed;

  /**
   * @param secret at least {@link #LEAST_BYTES} bytes that nobody can guess
   */
  public NodeSecret(byte[] secret) {
    if (secret.length < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "it has %d bytes, and a secret has %d at least".formatted(secret.length, LEAST_BYTES));
    }
    try {
      keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(secret, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /**
   * Reads a secret: all bytes of its file.
   *
   * @throws IllegalArgumentException where they are too few, or more than a secret has
   */
  public static NodeSecret read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      byte[] secret = in.readNBytes(MOST_BYTES + 1);
      if (secret.length > MOST_BYTES) {
        throw new IllegalArgumentException("it has more than %d bytes".formatted(MOST_BYTES));
      }
      return new NodeSecret(secret);
    }
  }

  /** The proof that whoever says this knows the secret. */
  String proof(Claim claim) {
    return HexFormat.of().formatHex(mac(FOR_REQUESTS, claim.parts()));
  }

  /** Whether a proof is the one of a claim; takes the same time whatever is wrong with it. */
  boolean isProof(String proof, Claim claim) {
    return MessageDigest.isEqual(
        proof(claim).getBytes(StandardCharsets.US_ASCII),
        proof.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The same for the end of a connection. */
  byte[] proof(ConnectionClaim claim) {
    return mac(FOR_CONNECTIONS, claim.parts());
  }

  private byte[] mac(String purpose, List<String> parts) {
    try {
      Mac mac = (Mac) keyed.clone();
      mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        mac.update(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
        mac.update((byte) ':');
        mac.update(bytes);
      }
      return mac.doFinal();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("every Java can copy a " + ALGORITHM, e);
    }
  }
}

package io.dislog.access.node;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A claim and its proof, as a header says them. Immutable.
 *
 * @param node the sender's id
 * @param nonce empty, like what follows, where the sender does not know the receiver's yet
 * @param proof in hexadecimal digits
 */
record ProofHeader(String node, String nonce, String session, long count, String proof) {

  private static final Pattern NODE = Pattern.compile("node=\"([a-z0-9][a-z0-9._-]{0,127})\"");

  private static final Pattern PROOF =
      Pattern.compile(
          NODE
              + ", nonce=\"([0-9a-f]{32})\", session=\"([0-9a-f]{32})\", count=([0-9]{1,18}),"
              + " proof=\"([0-9a-f]{64})\"");

  /** Reads a header; null where it is none. */
  static @Nullable ProofHeader parse(String text) {
    Matcher alone = NODE.matcher(text);
    if (alone.matches()) {
      return new ProofHeader(alone.group(1), "", "", 0, "");
    }
    Matcher proof = PROOF.matcher(text);
    return proof.matches()
        ? new ProofHeader(
            proof.group(1),
            proof.group(2),
            proof.group(3),
            Long.parseLong(proof.group(4)),
            proof.group(5))
        : null;
  }

  Claim claim(NodeRequest request) {
    return new Claim(node, nonce, session, count, request);
  }

  @Override
  public String toString() {
    return nonce.isEmpty()
        ? "node=\"%s\"".formatted(node)
        : "node=\"%s\", nonce=\"%s\", session=\"%s\", count=%d, proof=\"%s\""
            .formatted(node, nonce, session, count, proof);
  }
}

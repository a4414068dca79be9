package io.dislog.access.node;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Checks proofs of other nodes. Safe for use by many threads. */
public final class Verifier {

  /** Nodes that were started again since this one was; beyond it, all begin with a new nonce. */
  private static final int MOST_SESSIONS = 256;

  private static final int NONCE_BYTES = 16;

  private final NodeSecret secret;
  private volatile Sessions current = new Sessions(random());

  public Verifier(NodeSecret secret) {
    this.secret = secret;
  }

  /** With which nonce a sender has to prove who it is. */
  public String nonce() {
    return current.nonce;
  }

  /**
   * Which node sends a request.
   *
   * @param header what it shows
   * @return its id, or null where the header does not prove it, or has proved it before
   */
  public @Nullable String node(String header, NodeRequest request) {
    ProofHeader shown = ProofHeader.parse(header);
    return shown != null && isProved(shown, request) ? shown.node() : null;
  }

  private boolean isProved(ProofHeader shown, NodeRequest request) {
    Sessions sessions = current;
    boolean isProved =
        shown.nonce().equals(sessions.nonce)
            && secret.isProof(shown.proof(), shown.claim(request))
            && sessions.take(shown.session(), shown.count());
    if (sessions.windows.size() > MOST_SESSIONS) {
      current = new Sessions(random());
    }
    return isProved;
  }

  static String random() {
    byte[] bytes = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** What was seen with one nonce. */
  private static final class Sessions {

    private final String nonce;
    private final Map<String, ReplayWindow> windows = new ConcurrentHashMap<>();

    Sessions(String nonce) {
      this.nonce = nonce;
    }

    boolean take(String session, long count) {
      return windows.computeIfAbsent(session, begun -> new ReplayWindow()).take(count);
    }
  }
}

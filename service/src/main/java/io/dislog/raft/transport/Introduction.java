package io.dislog.raft.transport;

import io.dislog.access.node.ConnectionClaim;
import io.dislog.access.node.ConnectionClaim.End;
import io.dislog.access.node.NodeProof;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What both ends of a new connection say and show before anything else is sent. Blocks. For one
 * connection.
 *
 * <pre>
 * whoever connects   "DSLGPEER"  u8 version  u8 size, from  u8 size, to  u8 size, cluster
 * the other one      "DSLGPEER"  u8 version  u8 size, why not
 *                    u8 kind  32 bytes, nonce
 * whoever connects   u8 kind  32 bytes, nonce  u16 size, what it shows
 * the other one      u8 size, why not  u16 size, what it shows
 * </pre>
 *
 * The names are the nodes' ids, in UTF-8: an address may have become another node's, or another
 * cluster's, whose entries must never mix with these. The cluster is its id, or nothing from a node
 * that knows of none yet. The version is the newest that each speaks; both go on in the older of
 * the two. If there is a reason why not, the connection ends after it.
 *
 * <p>In version 1 nothing is shown, and the names are looked at before the first answer. From
 * version 2 on they are looked at once the one who connects has shown that it is a node, and a
 * stranger learns nothing but that a node is there. What is shown is of a {@link NodeProof.Kind}.
 */
final class Introduction {

  /** The newest that this node speaks; there is none before 1. */
  static final int VERSION = 2;

  private static final int PROVEN = 2;
  private static final int NONCE_BYTES = 32;

  /** Of strangers, nothing else gets into a log. */
  private static final Pattern NAME = Pattern.compile("\\p{Graph}+");

  private static final Pattern CLUSTER = Pattern.compile("\\p{Graph}*");
  private static final Pattern WHY = Pattern.compile("\\p{Print}+");

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Self self;
  private final NodeProof proof;
  private final Words words;

  /**
   * @param proof of this connection
   */
  Introduction(Self self, NodeProof proof, ByteChannel channel) {
    this.self = self;
    this.proof = proof;
    this.words = new Words(channel);
  }

  /** Shows who this node is to the node that has this id. */
  void connect(String node) throws IOException {
    String cluster = self.cluster().get();
    words.begin(VERSION).text(self.node()).text(node).text(cluster).send();
    int version = words.hearBegin();
    heedWhyNot();
    if (version >= PROVEN) {
      prove(node, cluster);
    } else if (isProved()) {
      throw new Mismatch("the other end can't show %s: it is older".formatted(wanted()));
    }
  }

  private void prove(String node, String cluster) throws IOException {
    int kind = words.hearNumber();
    String nonce = words.hearNonce(NONCE_BYTES);
    String own = nonce();
    ConnectionClaim claim =
        new ConnectionClaim(End.CONNECTS, self.node(), node, cluster, own, nonce);
    boolean isSame = kind == proof.kind().number();
    words.number(proof.kind().number()).nonce(own);
    words.shown(isSame ? proof.show(claim) : new byte[0]).send();
    heedWhyNot();
    byte[] shown = words.hearShown();
    if (!isSame) { // Which the other end should have said.
      throw new Mismatch(differs(kind));
    }
    check(claim.by(End.ACCEPTS), shown);
  }

  private void heedWhyNot() throws IOException {
    String why = words.hearText();
    if (!why.isEmpty()) {
      throw new Mismatch(WHY.matcher(why).matches() ? why : "it is refused");
    }
  }

  /**
   * Hears which node has connected, and shows who this one is.
   *
   * @return its id
   */
  String accept() throws IOException {
    int version = words.hearBegin();
    String from = words.hearText();
    String to = words.hearText();
    String cluster = words.hearText();
    if (!NAME.matcher(from).matches()
        || !NAME.matcher(to).matches()
        || !CLUSTER.matcher(cluster).matches()) {
      throw new Mismatch("the other end says no names of nodes");
    }
    ConnectionClaim claim = new ConnectionClaim(End.CONNECTS, from, to, cluster, "", nonce());
    if (version >= PROVEN) {
      hearProof(claim);
    } else {
      answer(claim, isProved() ? "it is too old to show %s".formatted(wanted()) : whyNot(claim));
    }
    return from;
  }

  /** The whole answer of version 1. */
  private void answer(ConnectionClaim claim, String why) throws IOException {
    words.begin(VERSION).text(why).send();
    refuse(claim, why);
  }

  private void hearProof(ConnectionClaim before) throws IOException {
    String own = before.acceptorsNonce();
    words.begin(VERSION).text("").number(proof.kind().number()).nonce(own).send();
    int kind = words.hearNumber();
    String nonce = words.hearNonce(NONCE_BYTES);
    byte[] shown = words.hearShown();
    ConnectionClaim claim =
        new ConnectionClaim(End.CONNECTS, before.from(), before.to(), before.cluster(), nonce, own);
    String why = kind == proof.kind().number() ? flaw(claim, shown) : differs(kind);
    words.text(why);
    words.shown(why.isEmpty() ? proof.show(claim.by(End.ACCEPTS)) : new byte[0]).send();
    refuse(claim, why);
  }

  private String flaw(ConnectionClaim claim, byte[] shown) {
    try {
      proof.check(claim, shown);
      return whyNot(claim);
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void check(ConnectionClaim claim, byte[] shown) throws IOException {
    try {
      proof.check(claim, shown);
    } catch (IOException e) {
      throw new Mismatch(String.valueOf(e.getMessage()));
    }
  }

  private static void refuse(ConnectionClaim claim, String why) throws IOException {
    if (!why.isEmpty()) {
      throw new Mismatch(
          "node %s of cluster %s looks for node %s: %s"
              .formatted(claim.from(), claim.cluster(), claim.to(), why));
    }
  }

  private String whyNot(ConnectionClaim claim) {
    String own = self.cluster().get();
    if (!claim.to().equals(self.node())) {
      return "this is node %s, not %s".formatted(self.node(), claim.to());
    }
    return own.isEmpty() || claim.cluster().isEmpty() || own.equals(claim.cluster())
        ? ""
        : "this node has data of cluster %s".formatted(own);
  }

  private String differs(int kind) {
    return "one end shows %s, the other one %s".formatted(wanted(), NodeProof.Kind.words(kind));
  }

  private String wanted() {
    return proof.kind().words();
  }

  private boolean isProved() {
    return proof.kind() != NodeProof.Kind.NOTHING;
  }

  private static String nonce() {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    return HexFormat.of().formatHex(nonce);
  }
}

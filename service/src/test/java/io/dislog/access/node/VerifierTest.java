package io.dislog.access.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a node has to show to be taken for one. */
final class VerifierTest {

  private static final NodeSecret SECRET = secret("the secret of all nodes, 32 bytes");
  private static final NodeRequest REQUEST =
      new NodeRequest("POST", "/v1/logs/orders/records", "named;token%3Atill");

  private final SharedSecret sender = new SharedSecret("a", SECRET);
  private final Verifier receiver = new Verifier(SECRET);

  @Test
  void aNodeThatKnowsTheNonceIsBelievedOnce() {
    String first = sender.show("b:8080", REQUEST);
    assertThat(receiver.node(first, REQUEST)).isNull();
    assertThat(sender.learn("b:8080", first, receiver.nonce())).isTrue();
    String second = sender.show("b:8080", REQUEST);
    assertThat(receiver.node(second, REQUEST)).isEqualTo("a");
    assertThat(receiver.node(second, REQUEST)).isNull();
    assertThat(receiver.node(sender.show("b:8080", REQUEST), REQUEST)).isEqualTo("a");
    assertThat(sender.learn("b:8080", second, receiver.nonce())).isFalse();
    assertThat(sender.learn("b:8080", first, receiver.nonce())).isTrue();
  }

  @Test
  void aProofHoldsForItsRequestAndItsReceiverAlone() {
    for (NodeRequest other :
        new NodeRequest[] {
          new NodeRequest("PUT", REQUEST.target(), REQUEST.mark()),
          new NodeRequest("POST", REQUEST.target() + "?a", REQUEST.mark()),
          new NodeRequest("POST", REQUEST.target(), "named;token%3Aroot"),
          new NodeRequest("POST", REQUEST.target(), ""),
          new NodeRequest("POST/", REQUEST.target().substring(1), REQUEST.mark()),
        }) {
      assertThat(receiver.node(shown(REQUEST), other)).isNull();
    }
    assertThat(new Verifier(SECRET).node(shown(REQUEST), REQUEST)).isNull();
    assertThat(
            new Verifier(secret("another secret, and as long as it")).node(shown(REQUEST), REQUEST))
        .isNull();
  }

  @Test
  void anySingleChangeOfAProofUndoesIt() {
    String shown = shown(REQUEST);
    Set<String> believed = new HashSet<>();
    for (int i = 0; i < shown.length(); i++) {
      char[] changed = shown.toCharArray();
      changed[i] = changed[i] == '0' ? '1' : '0';
      String text = new String(changed);
      if (!text.equals(shown) && receiver.node(text, REQUEST) != null) {
        believed.add(text);
      }
      assertThat(receiver.node(shown.substring(0, i), REQUEST)).isNull();
    }
    assertThat(believed).isEmpty();
    assertThat(receiver.node(shown, REQUEST)).isEqualTo("a");
  }

  @Test
  void garbageIsNoProof() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      assertThat(receiver.node(new String(bytes, StandardCharsets.ISO_8859_1), REQUEST)).isNull();
    }
  }

  @Test
  void manyRestartsOfOthersBeginWithANewNonceAndNothingHoldsAgain() {
    String old = shown(REQUEST);
    assertThat(receiver.node(old, REQUEST)).isEqualTo("a");
    String nonce = receiver.nonce();
    for (int i = 0; i < 1000 && receiver.nonce().equals(nonce); i++) {
      SharedSecret restarted = new SharedSecret("a", SECRET);
      restarted.learn("b", null, nonce);
      assertThat(receiver.node(restarted.show("b", REQUEST), REQUEST)).isEqualTo("a");
    }
    assertThat(receiver.nonce()).isNotEqualTo(nonce);
    assertThat(receiver.node(old, REQUEST)).isNull();
  }

  @Test
  void aSecretIsLongEnough() {
    assertThatThrownBy(() -> new NodeSecret(new byte[31])).hasMessageContaining("31 bytes");
  }

  private String shown(NodeRequest request) {
    sender.learn("b", null, receiver.nonce());
    return sender.show("b", request);
  }

  private static NodeSecret secret(String text) {
    return new NodeSecret(text.getBytes(StandardCharsets.US_ASCII));
  }
}

package io.dislog.access.node;

import java.io.IOException;

/**
 * How the two ends of a connection between nodes show each other that they are some. Safe for use
 * by many threads.
 */
public interface NodeProof {

  /** Where nobody can tell a node from a stranger. */
  NodeProof NONE =
      new NodeProof() {
        @Override
        public Kind kind() {
          return Kind.NOTHING;
        }

        @Override
        public byte[] show(ConnectionClaim claim) {
          return new byte[0];
        }

        @Override
        public void check(ConnectionClaim claim, byte[] shown) {}
      };

  /** What is shown; both ends show the same. */
  Kind kind();

  /** What shows that a claim of this end is true. */
  byte[] show(ConnectionClaim claim);

  /**
   * Checks what the other end shows. Blocks, for some seconds at most.
   *
   * @throws IOException where it does not show that the claim is true
   */
  void check(ConnectionClaim claim, byte[] shown) throws IOException;

  /** What can be shown. Each has its number in greetings: never change one. */
  enum Kind {
    NOTHING(0, "nothing"),
    SECRET(1, "dislog.nodes.secret-file"),
    TOKEN(2, "dislog.nodes.token-file"),
    CERTIFICATE(3, "a certificate of dislog.tls.nodes");

    private final int number;
    private final String words;

    Kind(int number, String words) {
      this.number = number;
      this.words = words;
    }

    public int number() {
      return number;
    }

    /** As an operator knows it. */
    public String words() {
      return words;
    }

    /** What a number stands for, in words. */
    public static String words(int number) {
      for (Kind kind : values()) {
        if (kind.number == number) {
          return kind.words;
        }
      }
      return "something that this version does not know";
    }
  }
}

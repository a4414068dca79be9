package io.dislog.access.node;

import org.jspecify.annotations.Nullable;

/** How this node shows other nodes that it is one. Safe for use by many threads. */
public interface NodeCredential {

  /** The header that shows it. */
  String HEADER = "Dislog-Node";

  /** The header of a refusal that says how to show it the next time. */
  String NONCE = "Dislog-Nonce";

  /** The header that says for whom a node asks. */
  String MARK = "Dislog-Principal";

  /** Of a node that has nothing to show. */
  NodeCredential NONE =
      new NodeCredential() {
        @Override
        public @Nullable String show(String peer, NodeRequest request) {
          return null;
        }

        @Override
        public boolean learn(String peer, @Nullable String shown, String nonce) {
          return false;
        }
      };

  /**
   * What to say in the header.
   *
   * @param peer the receiver's address
   * @return null where there is nothing to show
   */
  @Nullable String show(String peer, NodeRequest request);

  /**
   * Takes in how to show it to a peer that did not take it.
   *
   * @param shown what it did not take
   * @return whether there is something else to show, with which to ask again
   */
  boolean learn(String peer, @Nullable String shown, String nonce);
}

package io.dislog.access.node;

import java.util.List;

/**
 * That a node sends a request to whoever has a nonce, for the first time. Immutable.
 *
 * @param node the sender's id
 * @param nonce the receiver's
 * @param session the sender's, as long as it runs
 * @param count of the session's requests, from 1
 */
record Claim(String node, String nonce, String session, long count, NodeRequest request) {

  /** All that it says, in order. */
  List<String> parts() {
    return List.of(
        node,
        nonce,
        session,
        Long.toString(count),
        request.method(),
        request.target(),
        request.mark());
  }
}

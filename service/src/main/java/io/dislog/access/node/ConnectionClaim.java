package io.dislog.access.node;

import java.util.List;

/**
 * That one end of a connection between two nodes is the one that it says. Immutable.
 *
 * @param by which end says it
 * @param from the id of the node that connects
 * @param to the id of the node that accepts
 * @param cluster the id of their cluster, as the one that connects says; empty where it knows none
 * @param connectorsNonce fresh, of the end that connects, in hexadecimal digits
 * @param acceptorsNonce fresh, of the end that accepts
 */
public record ConnectionClaim(
    End by, String from, String to, String cluster, String connectorsNonce, String acceptorsNonce) {

  /** The two ends of a connection. */
  public enum End {
    CONNECTS,
    ACCEPTS
  }

  /** The same connection, as one end says. */
  public ConnectionClaim by(End end) {
    return new ConnectionClaim(end, from, to, cluster, connectorsNonce, acceptorsNonce);
  }

  /** Who says it. */
  public String node() {
    return by == End.CONNECTS ? from : to;
  }

  /** All that it says, in order. */
  List<String> parts() {
    return List.of(by.name(), from, to, cluster, connectorsNonce, acceptorsNonce);
  }
}

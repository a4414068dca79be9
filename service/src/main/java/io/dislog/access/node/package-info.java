/**
 * Shows nodes of one cluster to each other, by a secret that each of them has and that crosses no
 * network.
 *
 * <p>As in HTTP's Digest (RFC 7616), with HMAC-SHA-256: the receiver has a nonce, the sender a
 * session and a count, and the proof is over these and over what is asked for. No clock is trusted,
 * and no proof holds twice, at another node, for another request, or after its receiver was
 * restarted.
 *
 * <pre>
 *   sender                                                     receiver
 *     │ Dislog-Node: node="a"                                     │  knows of no proof
 *     │ ───────────────────────────────────────────────────────►  │
 *     │ ◄───────────────────────────────────────────────────────  │  401, Dislog-Nonce: N
 *     │ Dislog-Node: node="a", nonce="N", session="S", count=1,   │
 *     │              proof="HMAC(secret, N S 1 a METHOD TARGET MARK)" │  new of S: done
 *     │ ───────────────────────────────────────────────────────►  │
 * </pre>
 *
 * <p>What is asked for is proved, not what comes with it: whoever can change bytes on the network
 * can change a body, as they could change the client's own. TLS prevents that.
 */
@NullMarked
package io.dislog.access.node;

import org.jspecify.annotations.NullMarked;

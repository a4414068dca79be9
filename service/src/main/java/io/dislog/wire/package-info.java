/**
 * What stands between the sockets and the HTTP framework: how many connections there are, and what
 * each may send.
 *
 * <p>Imports Netty, and Vert.x for its decoder. Invariant: of each connection one request at a time
 * is under way, and no more than one read from the socket is held of what comes behind it; what is
 * no HTTP/1.1 reaches nobody, is answered once, and ends its connection.
 */
@NullMarked
package io.dislog.wire;

import org.jspecify.annotations.NullMarked;

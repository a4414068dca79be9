/**
 * Guards the sockets in front of the HTTP framework: limits how many connections there are, and
 * what each may send.
 *
 * <p>Imports Netty and Vert.x. Invariant: on each connection one request at a time is under way,
 * and no more than one read from the socket is held of what comes behind it; a message that is
 * neither HTTP/1.0 nor HTTP/1.1 is answered once, and its connection is closed.
 */
@NullMarked
package io.dislog.wire;

import org.jspecify.annotations.NullMarked;

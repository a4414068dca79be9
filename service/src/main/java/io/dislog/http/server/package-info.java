/**
 * The process around the requests: the node that is started and ended, connections, meters, large
 * and waiting reads, and what becomes of a failure.
 *
 * <p>Imports {@code config}, {@code exchange} and {@code notation}, {@code io.dislog.raft.node} to
 * start a node among others, and the framework.
 */
@NullMarked
package io.dislog.http.server;

import org.jspecify.annotations.NullMarked;

/**
 * Accepts commands and completes their answers once they are committed. Contains the interfaces
 * between HTTP and a node, the node without replication, and the upkeep of a node's logs: when
 * retention runs, and what a full disk asks for.
 *
 * <p>Invariant: an answer is completed only after what it says is as durable as the log's settings
 * promise.
 */
@NullMarked
package io.dislog.commit;

import org.jspecify.annotations.NullMarked;

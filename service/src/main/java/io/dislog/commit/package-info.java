/**
 * The seam between HTTP and the state: a command goes in, its answer comes back once it is
 * committed. And the node that commits alone.
 *
 * <p>Imports {@code io.dislog.shard} and what that imports. Invariant: an answer is completed only
 * after what it tells is as durable as the log's configuration promises.
 */
@NullMarked
package io.dislog.commit;

import org.jspecify.annotations.NullMarked;

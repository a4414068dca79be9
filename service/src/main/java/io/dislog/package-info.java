/**
 * Starts the service. The packages, from the bottom: {@code disk}, {@code journal} and {@code log}
 * are files; {@code retention} decides what is deleted; {@code command} and {@code shard} are the
 * state and what changes it; {@code commit} completes answers; {@code raft} replicates; {@code
 * wire} and {@code http} serve clients. A test says what each may import.
 */
@NullMarked
package io.dislog;

import org.jspecify.annotations.NullMarked;

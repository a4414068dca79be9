/**
 * Defines what nodes agree on: a shard's entries and their encoding, the clock that they carry, the
 * ids of groups and members, and the applied index.
 */
@NullMarked
package io.dislog.raft.base;

import org.jspecify.annotations.NullMarked;

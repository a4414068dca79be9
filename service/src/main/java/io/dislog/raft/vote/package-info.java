/**
 * Stores each vote before it leaves the node, so that the node never votes twice in a term; repairs
 * Ratis' files of terms and members; sets election timeouts.
 */
@NullMarked
package io.dislog.raft.vote;

import org.jspecify.annotations.NullMarked;

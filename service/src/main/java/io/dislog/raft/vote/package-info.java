/**
 * For whom a node voted, in which term and among which members: stored so that it never votes
 * twice. And when it stands for election.
 *
 * <p>Imports {@code io.dislog.raft.base}, {@code io.dislog.disk} and Ratis.
 */
@NullMarked
package io.dislog.raft.vote;

import org.jspecify.annotations.NullMarked;

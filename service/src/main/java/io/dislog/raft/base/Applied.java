package io.dislog.raft.base;

import org.apache.ratis.server.protocol.TermIndex;

/**
 * An entry's place in its shard's raft log.
 *
 * @param term in which its leader was elected
 * @param index dense, from 0
 */
public record Applied(long term, long index) {

  /** Before the first entry. */
  public static final Applied NONE = new Applied(0, -1);

  /** It in Ratis' words. */
  public TermIndex termIndex() {
    return TermIndex.valueOf(term, index);
  }
}

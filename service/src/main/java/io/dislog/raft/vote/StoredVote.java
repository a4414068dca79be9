package io.dislog.raft.vote;

/**
 * For whom a node stands in a term, the last of which it knows: whom it voted for, or follows.
 *
 * @param node its id, empty where the node stands for nobody
 */
public record StoredVote(long term, String node) {

  static final StoredVote NONE = new StoredVote(0, "");
}

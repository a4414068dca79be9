package io.dislog.raft.vote;

/**
 * The latest term that a node knows, and the node that it voted for or follows in it.
 *
 * @param node its id, empty where it neither voted nor follows
 */
public record StoredVote(long term, String node) {

  static final StoredVote NONE = new StoredVote(0, "");
}

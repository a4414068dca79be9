package io.dislog.raft.transport;

import java.io.IOException;

/** What this node answers others. Safe for use by many threads. */
public interface Answers {

  /**
   * A node has connected.
   *
   * @param node its id, as it says
   */
  Session begin(String node);

  /** What one connection brings; for its thread. */
  interface Session {

    /**
     * A request came. No further one is looked at before this returned.
     *
     * @throws IOException where it can't be understood, after which the connection ends
     */
    void received(Request request) throws IOException;

    /** The connection is no more. */
    void ended();
  }
}

package io.dislog.operator;

/**
 * What becomes of a request to a node instead of its answer. Where the answer alone is lost, what
 * was asked for is done.
 */
public enum NodeFault {
  ERROR("refuses with 500"),
  BUSY("refuses with 503: try again later"),
  NONSENSE("something that no node says"),
  /** The answer ends in the middle. */
  HALF("does not answer"),
  /** The request is taken, and never answered. */
  SILENCE("timed out"),
  /** No connection comes about, for whatever request. */
  REFUSAL("ConnectException");

  private final String told;

  NodeFault(String told) {
    this.told = told;
  }

  /** What people are told of a node that it befalls. */
  String told() {
    return told;
  }
}

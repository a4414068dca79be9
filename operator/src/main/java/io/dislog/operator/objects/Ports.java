package io.dislog.operator.objects;

/** The ports of a node, which are the same in every cluster. */
final class Ports {

  /** The API. */
  public static final int HTTP = 8080;

  /** Health and metrics. */
  static final int MANAGEMENT = 9000;

  /** The nodes among themselves. */
  static final int RAFT = 9700;

  static final String HTTP_NAME = "http";
  static final String MANAGEMENT_NAME = "management";
  static final String RAFT_NAME = "raft";

  /** Said everywhere: lists of ports are merged by port and protocol. */
  static final String PROTOCOL = "TCP";

  private Ports() {}
}

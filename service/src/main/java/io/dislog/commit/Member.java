package io.dislog.commit;

/**
 * A node of a cluster, as the others reach it.
 *
 * @param id as a log's name
 * @param host name or address, of both ports
 * @param raftPort where the nodes replicate
 * @param httpPort where the API is served
 */
public record Member(String id, String host, int raftPort, int httpPort) {

  /** Where the API is served, as {@code host:port}. */
  public String httpAddress() {
    return host + ":" + httpPort;
  }

  /** Where the nodes replicate, as {@code host:port}. */
  public String raftAddress() {
    return host + ":" + raftPort;
  }
}

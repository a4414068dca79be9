package io.dislog.http.cluster;

import io.dislog.commit.Member;
import io.dislog.commit.Node;
import io.dislog.http.server.StorageStatus;
import org.jspecify.annotations.Nullable;

/**
 * A node as the list of nodes has it.
 *
 * @param address of its API, as {@code host:port}
 * @param ready whether it says that it serves reads and takes any request
 * @param why not, or what else is wrong; empty where all is well or it does not say
 * @param version of the service, or null where it does not say
 * @param storage its volume, or null where it does not say
 */
public record NodeStatus(
    String id,
    String address,
    boolean ready,
    String why,
    @Nullable String version,
    @Nullable StorageStatus storage) {

  /** A node that gives no word of its own. */
  static NodeStatus silent(Member member) {
    return new NodeStatus(member.id(), member.httpAddress(), false, "it did not say", null, null);
  }

  Node.Health health() {
    return new Node.Health(ready, why);
  }
}

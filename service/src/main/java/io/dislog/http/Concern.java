package io.dislog.http;

import io.dislog.commit.Cluster;
import io.dislog.shard.Names;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What of the replicated state a request is about.
 *
 * @param shards their numbers; none where the request is about no shard, or is refused whatever a
 *     shard holds, so that any node can answer it
 * @param writes whether it changes something, which the leader of its one shard does alone
 */
record Concern(List<Integer> shards, boolean writes) {

  /** The shard whose leader keeps the defaults. */
  private static final int OF_DEFAULTS = 0;

  private static final Concern NOTHING = new Concern(List.of(), false);

  static Concern of(Exchange exchange, Cluster cluster) {
    HttpMethod method = exchange.request().method();
    String path = exchange.path();
    boolean append = method.equals(HttpMethod.POST) && RequestPath.logOfRecords(path) != null;
    if (!append && (!isReplicated(path) || !Route.takes(method.name(), path))) {
      return NOTHING;
    }
    boolean writes = !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD);
    return new Concern(shards(path, cluster), writes);
  }

  /** Whether what is below a path is the same on all nodes. */
  static boolean isReplicated(String path) {
    return path.startsWith("/v1/logs") || path.equals("/v1/defaults");
  }

  private static List<Integer> shards(String path, Cluster cluster) {
    String name = RequestPath.logName(path);
    if (name != null) {
      return Names.isValid(name) ? List.of(cluster.shardOf(name)) : List.of();
    }
    return path.equals("/v1/defaults")
        ? List.of(OF_DEFAULTS)
        : IntStream.range(0, cluster.shards().size()).boxed().toList();
  }
}

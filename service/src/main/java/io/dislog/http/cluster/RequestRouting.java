package io.dislog.http.cluster;

import io.dislog.commit.Cluster;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.notation.RequestPath;
import io.dislog.http.notation.Route;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What of the replicated state a request is about.
 *
 * @param shards their numbers; none where the request is about no shard, or is refused whatever a
 *     shard holds, so that any node can answer it
 * @param writes whether it changes something, which the leader of its one shard does alone
 */
record RequestRouting(List<Integer> shards, boolean writes) {

  /** The shard whose leader keeps the defaults. */
  private static final int OF_DEFAULTS = 0;

  private static final RequestRouting NOTHING = new RequestRouting(List.of(), false);

  static RequestRouting of(Exchange exchange, Cluster cluster) {
    String method = exchange.request().method().name();
    RequestPath path = exchange.path();
    Route route = path.route();
    if (route == null || !path.isReplicated() || !route.takes(method)) {
      return NOTHING;
    }
    return new RequestRouting(shards(path, cluster), route.changesBy(method));
  }

  private static List<Integer> shards(RequestPath path, Cluster cluster) {
    String name = path.logName();
    if (name != null) {
      return List.of(cluster.shardOf(name));
    }
    return path.isDefaults()
        ? List.of(OF_DEFAULTS)
        : IntStream.range(0, cluster.shardCount()).boxed().toList();
  }
}

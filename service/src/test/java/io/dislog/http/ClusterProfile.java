package io.dislog.http;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The service as one of several nodes, the others of which a {@link FakeCluster} makes up. */
public class ClusterProfile implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(DefaultProfile.FREE_PORTS);
    settings.put("dislog.data-dir", DefaultProfile.newDirectory());
    settings.put("dislog.replication", "raft");
    settings.put("dislog.raft.node-id", FakeCluster.SELF);
    settings.put("dislog.raft.peers", "n1=127.0.0.1:9700:8080");
    settings.put("dislog.raft.shards", Integer.toString(FakeCluster.SHARDS));
    return settings;
  }

  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(FakeNodes.class);
  }
}

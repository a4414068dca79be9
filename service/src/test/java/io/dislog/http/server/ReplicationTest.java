package io.dislog.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.commit.Member;
import io.dislog.commit.RaftConfig;
import io.dislog.http.config.ServiceConfig;
import io.dislog.http.exchange.Name;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ReplicationTest {

  private static final String PEERS = "a=10.0.0.1:9700:8080, b=b.example:9701:8081";

  @Test
  void whereItIsOffNothingElseCounts() {
    assertThat(read(Map.of("raft.shards", "many", "raft.peers", "?", "raft.node-id", "A B")))
        .isEmpty();
  }

  @Test
  void theFirstMembersAreRead() {
    assertThat(read(Map.of("replication", "raft", "raft.node-id", "b", "raft.peers", PEERS)))
        .contains(
            new RaftConfig(
                "b",
                List.of(
                    new Member("a", "10.0.0.1", 9700, 8080),
                    new Member("b", "b.example", 9701, 8081)),
                9700,
                8));
    assertThat(
            read(Map.of("replication", "raft", "raft.peers", "a=[::1]:1:65535"))
                .orElseThrow()
                .peers()
                .getFirst()
                .httpAddress())
        .isEqualTo("[::1]:65535");
  }

  @Test
  void oneNodeAloneBeginsAnew() {
    String cluster = "6f1c0a1e-0000-4000-8000-00000000000a";
    assertThat(givenUp("a", "a:" + cluster)).hasToString(cluster);
    assertThat(givenUp("b", "a:" + cluster)).isNull();
    for (String text : new String[] {cluster, "a:", "a:1-1-1-1-1", "a:" + cluster + ":"}) {
      refused(
          "dislog.raft.begin-anew is '" + text + "', which is not NODE:UUID",
          "raft.begin-anew",
          text);
    }
  }

  private static @Nullable UUID givenUp(String node, String text) {
    return read(Map.of(
            "replication",
            "raft",
            "raft.node-id",
            node,
            "raft.peers",
            PEERS,
            "raft.begin-anew",
            text))
        .orElseThrow()
        .givenUp();
  }

  @Test
  void whatCanNotBeIsTold() {
    refused("dislog.replication is 'on', which is neither off nor raft", "replication", "on");
    refused("dislog.raft.node-id is 'A', which is not " + Name.PATTERN, "raft.node-id", "A");
    refused("dislog.raft.port is '0', which is outside of 1 to 65535", "raft.port", "0");
    refused("dislog.raft.shards is '65', which is outside of 1 to 64", "raft.shards", "65");
    refused("dislog.raft.shards is 'x', which is not a number", "raft.shards", "x");
    refused(
        "dislog.raft.peers is missing: id=host:raftPort:httpPort, and so on by commas",
        "raft.peers",
        " ");
    for (String entry :
        new String[] {"", "a", "a=h", "a=h:1", "A=h:1:2", "=h:1:2", "a=h:0:2", "a=h:1:65536"}) {
      refused(
          "dislog.raft.peers has '" + entry + "', which is not id=host:raftPort:httpPort",
          "raft.peers",
          "z=h:5:6," + entry);
    }
    refused(
        "dislog.raft.peers has 'a=h:3:4', whose id or address it has before",
        "raft.peers",
        "a=h:1:2,a=h:3:4");
    refused(
        "dislog.raft.peers has 'b=h:1:4', whose id or address it has before",
        "raft.peers",
        "a=h:1:2,b=h:1:4");
  }

  private static void refused(String message, String name, String value) {
    Map<String, String> settings = new HashMap<>();
    settings.put("replication", "raft");
    settings.put("raft.peers", PEERS);
    settings.put(name, value);
    assertThatThrownBy(() -> read(settings))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(message);
  }

  private static Optional<RaftConfig> read(Map<String, String> settings) {
    SmallRyeConfigBuilder config = new SmallRyeConfigBuilder().withMapping(ServiceConfig.class);
    settings.forEach((name, value) -> config.withDefaultValue("dislog." + name, value));
    return Replication.of(config.build().getConfigMapping(ServiceConfig.class));
  }
}

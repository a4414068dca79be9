package io.dislog.http.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.access.node.NodeProof;
import io.dislog.access.node.NodeSecret;
import io.dislog.access.node.SecretProof;
import io.dislog.commit.Member;
import io.dislog.commit.RaftConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NodesAloneTest {

  private static final NodeProof SECRET = new SecretProof(new NodeSecret(new byte[32]));

  @Test
  void whereOnlyThisMachineReachesANodeNothingHasToBeShown() {
    NodesAlone.check(node("a", "127.0.0.1"), "localhost", NodeProof.NONE);
    NodesAlone.check(node("b", "127.0.0.1"), "127.0.0.1", NodeProof.NONE);
  }

  @Test
  void whereOthersReachItTheSettingThatHelpsIsNamed() {
    refused(node("a", "127.0.0.1"), "0.0.0.0");
    refused(node("a", "192.0.2.1"), "127.0.0.1");
    refused(node("b", "192.0.2.1"), "127.0.0.1");
    NodesAlone.check(node("a", "192.0.2.1"), "0.0.0.0", SECRET);
  }

  private static void refused(RaftConfig raft, String host) {
    assertThatThrownBy(() -> NodesAlone.check(raft, host, NodeProof.NONE))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("set dislog.nodes.secret-file")
        .hasMessageContaining("loopback");
  }

  private static RaftConfig node(String self, String host) {
    return new RaftConfig(self, List.of(new Member("a", host, 9700, 8080)), 9700, 1);
  }
}

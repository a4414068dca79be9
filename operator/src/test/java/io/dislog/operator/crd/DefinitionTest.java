package io.dislog.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.operator.ApiServer;
import io.dislog.operator.ApiServerExtension;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API server takes by the definition, and what it makes of it. */
@ExtendWith(ApiServerExtension.class)
class DefinitionTest {

  private final ApiServer server;
  private String namespace = "";

  DefinitionTest(ApiServer server) {
    this.server = server;
  }

  @BeforeEach
  void inANamespaceOfItsOwn() {
    namespace = server.newNamespace();
  }

  @Test
  void theWholeExampleIsTakenAsItStands() {
    Resource.whole().create(server.client(), namespace, false);
    DislogCluster read = present();
    assertThat(read.getSpec().image()).isNull();
    assertThat(read.getSpec().replicas()).isEqualTo(3);
    assertThat(read.getSpec().storage().whenDeleted()).isEqualTo(VolumePolicy.RETAIN);
  }

  @Test
  void whatIsNotSaidIsFilledIn() {
    JsonNode spec = Resource.least().create(server.client(), namespace, true).get("spec");
    assertThat(spec)
        .hasToString(
            """
            {"paused":false,"replicas":1,"shards":8,"storage":{"size":"1Gi",\
            "whenDeleted":"Retain","whenScaled":"Retain"}}\
            """);
  }

  @Test
  void nullIsWhatIsNotSaid() {
    JsonNode spec =
        Resource.least()
            .with(
                """
                spec:
                  replicas: null
                  shards: null
                  paused: null
                  storage: {whenDeleted: null, whenScaled: null}
                  segment: null
                  retention: {maxAge: null, maxBytes: null, interval: null, deleteProcessed: null}
                  logs: [{name: a, segment: null, retention: null, durability: null, contentType: null, ttl: null, expiresAt: null}]
                  config: null
                  resources: null
                  pod: {labels: null, affinity: {nodeAffinity: null}}
                  metrics: {podMonitor: null}
                """)
            .create(server.client(), namespace, true)
            .get("spec");
    assertThat(spec.at("/replicas").asInt()).isEqualTo(1);
    assertThat(spec.at("/shards").asInt()).isEqualTo(8);
    assertThat(spec.at("/storage/whenDeleted").asText()).isEqualTo("Retain");
    assertThat(spec.at("/metrics/podMonitor").asText()).isEqualTo("false");
  }

  @ParameterizedTest
  @MethodSource
  void whatCanWorkIsTakenAndCanBeRead(String change) {
    Resource.least().with(change).create(server.client(), namespace, false);
    assertThat(
            server.client().resources(DislogCluster.class).inNamespace(namespace).list().getItems())
        .hasSize(1);
  }

  static List<String> whatCanWorkIsTakenAndCanBeRead() {
    return List.of(
        "spec: {replicas: 9, shards: 64}",
        "spec: {storage: {size: 2147483647}}",
        "spec: {storage: {size: '2147483648'}}",
        "spec: {storage: {size: 2147483648}}",
        "spec: {storage: {size: 10G}}",
        "spec: {storage: {size: 1.5Gi}}",
        "spec: {storage: {size: '1e9'}}",
        "spec: {storage: {size: '1E10'}}",
        "spec: {storage: {size: '1E+10'}}",
        "spec: {storage: {size: 500M}}",
        "spec: {storage: {size: .5Gi}}",
        "spec: {storage: {size: '+1Gi'}}",
        "spec: {storage: {size: 1.0001Gi}}",
        "spec: {storage: {size: 999999Ti, whenDeleted: Delete, whenScaled: Delete}}",
        "spec: {storage: {size: 64Mi}, segment: {maxBytes: 32Mi}}",
        "spec: {segment: {maxBytes: 4Ki, maxAge: none}}",
        "spec: {segment: {maxBytes: 4096}}",
        "spec: {retention: {maxAge: none, maxBytes: none}}",
        "spec: {retention: {maxAge: 999999d, maxBytes: 1, interval: 1s}}",
        "spec: {logs: [{name: 0.a_b-c, durability: buffered}, {name: a, durability: fsync}]}",
        "spec: {logs: [{name: a, segment: {maxBytes: 512Mi}, retention: {maxBytes: none}}]}",
        "spec: {logs: [{name: a, contentType: application/json, ttl: 999999d}]}",
        "spec: {logs: [{name: a, ttl: 30m, expiresAt: null}, {name: b, ttl: null, expiresAt: '2027-01-31T00:00:00Z'}]}",
        "spec: {logs: [{name: a, contentType: 'text/plain;charset=utf-8; format=\"flowed, so\"'}]}",
        "spec: {logs: [{name: a, contentType: application/vnd.example.v1+json}]}",
        "spec: {logs: [{name: a, expiresAt: '2028-02-29t23:59:59.123456789+05:30'}]}",
        "spec: {logs: [{name: x--a_2f_42}, {name: x-y---z}]}",
        "spec: {storage: {size: 64Mi}}",
        "spec: {shards: 64, storage: {size: 512Mi}}",
        "spec: {pod: {annotations: {Team.Name: a, team.example.org/name: 'ü b', empty: ''}}}",
        "spec: {config: {dislog.logs.auto-create: 'true', 'quarkus.log.category.\"a.b\".level': INFO}}",
        "spec: {resources: {requests: {cpu: 500m, memory: 1Gi}, limits: {memory: 1Gi}}}",
        "spec: {pod: {labels: {team.example.org/name: a, tier: ''}}}",
        "spec: {pod: {tolerations: [{key: a, operator: Exists, effect: NoSchedule}]}}",
        "metadata: {name: " + "a".repeat(40) + "}");
  }

  @Test
  void theStatusIsWrittenByItself() {
    Resource.least().create(server.client(), namespace, false);
    DislogCluster cluster = present();
    cluster.setStatus(
        new DislogClusterStatus(7L, 1, 1, "a=b", null, null, null, null, List.of(), List.of()));
    server.client().resource(cluster).update();
    assertThat(present().getStatus()).as("written with the rest").isNull();
    server
        .client()
        .resource(present().getClass().cast(cluster))
        .lockResourceVersion()
        .updateStatus();
    assertThat(present().getStatus().observedGeneration()).isEqualTo(7);
    assertThat(present().getMetadata().getGeneration()).isEqualTo(1);
  }

  private DislogCluster present() {
    return Resource.present(server.client(), namespace);
  }
}

package io.dislog.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.operator.ApiServer;
import io.dislog.operator.ApiServerExtension;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API server takes by the definition, what it makes of it, and what it refuses. */
@ExtendWith(ApiServerExtension.class)
class DefinitionTest {

  /** As the contract shows it, with each member once and the nulls. */
  private static final String WHOLE =
      """
      apiVersion: dislog.io/v1alpha1
      kind: DislogCluster
      metadata: {name: demo}
      spec:
        replicas: 3
        shards: 8
        image: null
        storage:
          size: 10Gi
          storageClassName: null
          whenDeleted: Retain
          whenScaled: Retain
        segment: {maxBytes: 256Mi, maxAge: 1d}
        retention: {maxAge: 7d, maxBytes: 8Gi, deleteProcessed: false, deleteArchived: false, holdUnprocessed: false, holdUnarchived: false, interval: 30s}
        logs:
          - {name: orders, retention: {maxAge: 30d}}
        config: {}
        resources: {}
        pod: {labels: {}, annotations: {}, nodeSelector: {}, tolerations: [], affinity: {}, topologySpreadConstraints: [], priorityClassName: null, imagePullSecrets: [], serviceAccountName: null}
        metrics: {podMonitor: false}
        paused: false
      """;

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
    Resource.of(WHOLE).create(server.client(), namespace, false);
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
                  logs: [{name: a, segment: null, retention: null, durability: null}]
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
        "spec: {storage: {size: 999999Ti, whenDeleted: Delete, whenScaled: Delete}}",
        "spec: {storage: {size: 64Mi}, segment: {maxBytes: 32Mi}}",
        "spec: {segment: {maxBytes: 4Ki, maxAge: none}}",
        "spec: {segment: {maxBytes: 4096}}",
        "spec: {retention: {maxAge: none, maxBytes: none}}",
        "spec: {retention: {maxAge: 999999d, maxBytes: 1, interval: 1s}}",
        "spec: {logs: [{name: 0.a_b-c, durability: buffered}, {name: a, durability: fsync}]}",
        "spec: {logs: [{name: a, segment: {maxBytes: 512Mi}, retention: {maxBytes: none}}]}",
        "spec: {config: {dislog.logs.auto-create: 'true', 'quarkus.log.category.\"a.b\".level': INFO}}",
        "spec: {resources: {requests: {cpu: 500m, memory: 1Gi}, limits: {memory: 1Gi}}}",
        "spec: {pod: {labels: {team.example.org/name: a, tier: ''}}}",
        "spec: {pod: {tolerations: [{key: a, operator: Exists, effect: NoSchedule}]}}",
        "metadata: {name: " + "a".repeat(40) + "}");
  }

  @ParameterizedTest
  @MethodSource
  void whatCannotWorkIsRefused(String change, String message) {
    assertThat(refusal(Resource.least().with(change))).contains(message);
  }

  static Stream<Arguments> whatCannotWorkIsRefused() {
    return Stream.of(
        Arguments.of(
            "spec: {replicas: 0}", "spec.replicas in body should be greater than or equal to 1"),
        Arguments.of(
            "spec: {replicas: 10}", "spec.replicas in body should be less than or equal to 9"),
        Arguments.of(
            "spec: {shards: 0}", "spec.shards in body should be greater than or equal to 1"),
        Arguments.of(
            "spec: {shards: 65}", "spec.shards in body should be less than or equal to 64"),
        Arguments.of("spec: {storage: null}", "spec.storage"),
        Arguments.of("spec: {storage: {size: null}}", "spec.storage.size"),
        Arguments.of("spec: {storage: {size: 0}}", ByteSize.MESSAGE),
        Arguments.of("spec: {storage: {size: 10GB}}", ByteSize.MESSAGE),
        Arguments.of("spec: {storage: {size: 10G}}", ByteSize.MESSAGE),
        Arguments.of("spec: {storage: {size: -1Gi}}", ByteSize.MESSAGE),
        Arguments.of("spec: {storage: {size: 1.5Gi}}", ByteSize.MESSAGE),
        Arguments.of("spec: {storage: {size: 9999999Ti}}", ByteSize.MESSAGE),
        Arguments.of("spec: {storage: {size: none}}", ByteSize.MESSAGE),
        Arguments.of("spec: {storage: {size: 511Mi}}", "storage.size must be at least 512Mi"),
        Arguments.of(
            "spec: {storage: {whenDeleted: Keep}}", "supported values: \"Delete\", \"Retain\""),
        Arguments.of(
            "spec: {storage: {whenScaled: delete}}", "supported values: \"Delete\", \"Retain\""),
        Arguments.of("spec: {storage: {storageClassName: Fast One}}", ObjectName.MESSAGE),
        Arguments.of("spec: {storage: {storageClassName: ''}}", "spec.storage.storageClassName"),
        Arguments.of("spec: {segment: {maxBytes: 4095}}", "between 4Ki and 1Ti"),
        Arguments.of("spec: {segment: {maxBytes: 3Ki}}", "between 4Ki and 1Ti"),
        Arguments.of(
            "spec: {storage: {size: 9Ti}, segment: {maxBytes: 2Ti}}", "between 4Ki and 1Ti"),
        Arguments.of("spec: {segment: {maxBytes: none}}", ByteSize.MESSAGE),
        Arguments.of(
            "spec: {segment: {maxBytes: 513Mi}}",
            "segment.maxBytes must be at most half of storage.size"),
        Arguments.of(
            "spec: {segment: {maxBytes: 536870913}}",
            "segment.maxBytes must be at most half of storage.size"),
        Arguments.of("spec: {segment: {maxAge: 0s}}", Span.LIMIT_MESSAGE),
        Arguments.of("spec: {segment: {maxAge: 1w}}", Span.LIMIT_MESSAGE),
        Arguments.of("spec: {segment: {maxAge: PT1H}}", Span.LIMIT_MESSAGE),
        Arguments.of("spec: {retention: {maxAge: 0d}}", Span.LIMIT_MESSAGE),
        Arguments.of("spec: {retention: {maxAge: 0}}", "spec.retention.maxAge"),
        Arguments.of("spec: {retention: {maxAge: 1d12h}}", Span.LIMIT_MESSAGE),
        Arguments.of("spec: {retention: {maxAge: ''}}", Span.LIMIT_MESSAGE),
        Arguments.of("spec: {retention: {maxAge: 1000000d}}", Span.LIMIT_MESSAGE),
        Arguments.of("spec: {retention: {maxBytes: 0}}", ByteSize.LIMIT_MESSAGE),
        Arguments.of("spec: {retention: {maxBytes: 0Gi}}", ByteSize.LIMIT_MESSAGE),
        Arguments.of("spec: {retention: {maxBytes: -5}}", ByteSize.LIMIT_MESSAGE),
        Arguments.of("spec: {retention: {interval: 0s}}", Span.MESSAGE),
        Arguments.of("spec: {retention: {interval: none}}", Span.MESSAGE),
        Arguments.of("spec: {retention: {interval: 500ms}}", Span.MESSAGE),
        Arguments.of(
            "spec: {retention: {deleteProcessed: 'yes'}}", "spec.retention.deleteProcessed"),
        Arguments.of("spec: {logs: [{name: Orders}]}", "a log's name is"),
        Arguments.of("spec: {logs: [{name: a b}]}", "a log's name is"),
        Arguments.of("spec: {logs: [{name: .a}]}", "a log's name is"),
        Arguments.of("spec: {logs: [{name: ''}]}", "spec.logs[0].name"),
        Arguments.of("spec: {logs: [{name: " + "a".repeat(129) + "}]}", "spec.logs[0].name"),
        Arguments.of(
            "spec: {logs: [{retention: {maxAge: 1d}}]}", "spec.logs[0].name: Required value"),
        Arguments.of(
            "spec: {logs: [{name: a}, {name: a}]}",
            "spec.logs[1]: Duplicate value: {\"name\":\"a\"}"),
        Arguments.of(
            "spec: {logs: [{name: a, durability: none}]}", "durability must be fsync or buffered"),
        Arguments.of("spec: {logs: [{name: a, retention: {maxAge: 0s}}]}", Span.LIMIT_MESSAGE),
        Arguments.of(
            "spec: {logs: [{name: a, retention: {interval: 1s}}]}",
            "move it to spec.retention.interval"),
        Arguments.of(
            "spec: {logs: [{name: a, segment: {maxBytes: 600Mi}}]}",
            "a log's segment.maxBytes must be at most half"),
        Arguments.of(
            "spec: {config: {dislog.replication: 'off'}}", "are the operator's: leave them out"),
        Arguments.of(
            "spec: {config: {dislog.raft.port: '1'}}", "are the operator's: leave them out"),
        Arguments.of(
            "spec: {config: {dislog.data-dir: /tmp}}", "are the operator's: leave them out"),
        Arguments.of(
            "spec: {config: {quarkus.http.port: '1'}}", "are the operator's: leave them out"),
        Arguments.of("spec: {config: {'%prod.dislog.data-dir': /tmp}}", Property.NAMES_MESSAGE),
        Arguments.of("spec: {config: {a b: c}}", Property.NAMES_MESSAGE),
        Arguments.of("spec: {config: {\"a\\nb\": c}}", Property.NAMES_MESSAGE),
        Arguments.of("spec: {config: {dislog.logs.auto-create: true}}", "must be of type string"),
        Arguments.of("spec: {image: ''}", "spec.image"),
        Arguments.of("spec: {image: a b}", "an image's name has no blanks"),
        Arguments.of("spec: {resources: {limits: {memory: lots}}}", Amounts.QUANTITIES_MESSAGE),
        Arguments.of("spec: {resources: {limits: {memory: -1}}}", Amounts.QUANTITIES_MESSAGE),
        Arguments.of(
            "spec: {resources: {requests: {cpu: 2}, limits: {cpu: 1500m}}}", Amounts.FIT_MESSAGE),
        Arguments.of("spec: {resources: {claims: [{name: gpu}]}}", Amounts.CLAIM_NOTHING_MESSAGE),
        Arguments.of(
            "spec: {pod: {topologySpreadConstraints: [{maxSkew: 2147483648}]}}",
            "spec.pod.topologySpreadConstraints[0].maxSkew in body should be less than or equal to"
                + " 2147483647"),
        Arguments.of("spec: {storage: {size: 2147483648}}", ByteSize.MESSAGE),
        Arguments.of("spec: {retention: {maxBytes: 2147483648}}", ByteSize.LIMIT_MESSAGE),
        Arguments.of("spec: {pod: {labels: {a: b c}}}", Label.MESSAGE),
        Arguments.of("spec: {pod: {labels: {-a: b}}}", Label.MESSAGE),
        Arguments.of("spec: {pod: {nodeSelector: {a/b/c: d}}}", Label.MESSAGE),
        Arguments.of("spec: {pod: {priorityClassName: High!}}", ObjectName.MESSAGE),
        Arguments.of("spec: {pod: {serviceAccountName: Me}}", ObjectName.MESSAGE),
        Arguments.of("spec: {retenton: {maxAge: 1d}}", "unknown field \"spec.retenton\""),
        Arguments.of("spec: {pod: {volumes: []}}", "unknown field \"spec.pod.volumes\""),
        Arguments.of("spec: null", "spec"),
        Arguments.of(
            "metadata: {name: 0a}", "metadata.name is part of the names of Services and pods"),
        Arguments.of(
            "metadata: {name: a.b}", "metadata.name is part of the names of Services and pods"),
        Arguments.of(
            "metadata: {name: " + "a".repeat(41) + "}", "metadata.name is part of the names"));
  }

  @ParameterizedTest
  @MethodSource
  void whatCannotBecomeOfAClusterIsRefused(String before, String after, String message) {
    Resource there = Resource.least().with(before);
    there.create(server.client(), namespace, false);
    String resourceVersion =
        "metadata: {resourceVersion: '" + present().getMetadata().getResourceVersion() + "'}";
    Resource changed = there.with(after).with(resourceVersion);
    assertThat(Resource.refusal(() -> changed.update(server.client(), namespace, true)))
        .contains(message);
  }

  static Stream<Arguments> whatCannotBecomeOfAClusterIsRefused() {
    String size = "storage.size can't shrink";
    String shards = "shards can't be changed";
    String storageClass = "storageClassName can't be changed";
    return Stream.of(
        Arguments.of("spec: {storage: {size: 2Gi}}", "spec: {storage: {size: 2047Mi}}", size),
        Arguments.of("spec: {storage: {size: 2Gi}}", "spec: {storage: {size: 2147483647}}", size),
        Arguments.of("spec: {storage: {size: 2147483647}}", "spec: {storage: {size: 1Gi}}", size),
        Arguments.of("spec: {shards: 8}", "spec: {shards: 9}", shards),
        Arguments.of("spec: {shards: 16}", "spec: {shards: null}", shards),
        Arguments.of(
            "spec: {storage: {storageClassName: a}}",
            "spec: {storage: {storageClassName: b}}",
            storageClass),
        Arguments.of(
            "spec: {storage: {storageClassName: a}}",
            "spec: {storage: {storageClassName: null}}",
            storageClass),
        Arguments.of("spec: {}", "spec: {storage: {storageClassName: a}}", storageClass),
        Arguments.of(
            "spec: {storage: {storageClassName: null}}",
            "spec: {storage: {storageClassName: a}}",
            storageClass));
  }

  @ParameterizedTest
  @MethodSource
  void whatCanBecomeOfAClusterIsTaken(String before, String after) {
    Resource there = Resource.least().with(before);
    there.create(server.client(), namespace, false);
    String resourceVersion =
        "metadata: {resourceVersion: '" + present().getMetadata().getResourceVersion() + "'}";
    Resource changed = there.with(after).with(resourceVersion);
    assertThat(Resource.refusal(() -> changed.update(server.client(), namespace, true))).isEmpty();
  }

  static Stream<Arguments> whatCanBecomeOfAClusterIsTaken() {
    return Stream.of(
        Arguments.of("spec: {storage: {size: 1Gi}}", "spec: {storage: {size: 1025Mi}}"),
        Arguments.of("spec: {storage: {size: 1Gi}}", "spec: {storage: {size: 1073741824}}"),
        Arguments.of("spec: {shards: 8}", "spec: {shards: null}"),
        Arguments.of("spec: {}", "spec: {storage: {storageClassName: null}}"),
        Arguments.of("spec: {storage: {storageClassName: null}}", "spec: {}"),
        Arguments.of(
            "spec: {storage: {whenDeleted: Retain}}", "spec: {storage: {whenDeleted: Delete}}"),
        Arguments.of(
            "spec: {retention: {maxAge: 1d}}",
            "spec: {retention: null, replicas: 9, paused: true}"));
  }

  @Test
  void kubectlShowsWhatThereIs() throws Exception {
    Resource.of(WHOLE).create(server.client(), namespace, false);
    DislogCluster cluster = present();
    cluster.setStatus(
        new DislogClusterStatus(
            1L, 3, 2, "a=b", "0.1.0", null, new StorageStatus(1000, 81920), null, null, null));
    server.client().resource(cluster).updateStatus();
    for (String name : List.of("dlc", "dislog", "dislogclusters")) {
      List<String> lines = server.kubectl("get", name, "-n", namespace).lines().toList();
      assertThat(lines.getFirst().split(" +"))
          .containsExactly(
              "NAME", "REPLICAS", "READY", "STORAGE", "USED", "RETENTION", "VERSION", "AGE");
      assertThat(lines.get(1)).matches("demo +3 +2 +10Gi +81920 +7d +0.1.0 +[0-9]+s");
    }
  }

  @Test
  void kubectlExplainsEachMember() throws Exception {
    String explained = server.kubectl("explain", "dlc", "--recursive");
    assertThat(explained).contains("retention", "maxAge", "topologySpreadConstraints");
    for (String path :
        List.of(
            "dlc",
            "dlc.spec",
            "dlc.spec.storage",
            "dlc.spec.retention",
            "dlc.spec.segment",
            "dlc.spec.logs",
            "dlc.spec.pod",
            "dlc.spec.metrics",
            "dlc.status",
            "dlc.status.storage",
            "dlc.status.retention",
            "dlc.status.logs")) {
      assertThat(server.kubectl("explain", path))
          .as(path)
          .contains("DESCRIPTION:")
          .doesNotContain("<no description>");
    }
  }

  @Test
  void itCanBeScaled() throws IOException, InterruptedException {
    Resource.least().create(server.client(), namespace, false);
    assertThat(server.kubectl("scale", "dlc/demo", "--replicas=3", "-n", namespace))
        .contains("dislogcluster.dislog.io/demo scaled");
    assertThat(present().getSpec().replicas()).isEqualTo(3);
    assertThatThrownBy(() -> server.kubectl("scale", "dlc/demo", "--replicas=10", "-n", namespace))
        .hasMessageContaining("should be less than or equal to 9");
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

  private String refusal(Resource resource) {
    return Resource.refusal(() -> resource.create(server.client(), namespace, true));
  }

  private DislogCluster present() {
    return server
        .client()
        .resources(DislogCluster.class)
        .inNamespace(namespace)
        .withName("demo")
        .get();
  }
}

package io.dislog.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.ApiServer;
import io.dislog.operator.ApiServerExtension;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API server refuses by the definition. */
@ExtendWith(ApiServerExtension.class)
class DefinitionRefusalTest {

  private final ApiServer server;
  private String namespace = "";

  DefinitionRefusalTest(ApiServer server) {
    this.server = server;
  }

  @BeforeEach
  void inANamespaceOfItsOwn() {
    namespace = server.newNamespace();
  }

  @ParameterizedTest
  @MethodSource({
    "counts",
    "storage",
    "segments",
    "retention",
    "logs",
    "finiteLogs",
    "properties",
    "containers",
    "pods",
    "whole"
  })
  void whatCannotWorkIsRefused(String change, String message) {
    Resource changed = Resource.least().with(change);
    assertThat(Resource.refusal(() -> changed.create(server.client(), namespace, true)))
        .contains(message);
  }

  static Stream<Arguments> counts() {
    return Stream.of(
        Arguments.of(
            "spec: {replicas: 0}", "spec.replicas in body should be greater than or equal to 1"),
        Arguments.of(
            "spec: {replicas: 10}", "spec.replicas in body should be less than or equal to 9"),
        Arguments.of(
            "spec: {shards: 0}", "spec.shards in body should be greater than or equal to 1"),
        Arguments.of(
            "spec: {shards: 65}", "spec.shards in body should be less than or equal to 64"));
  }

  static Stream<Arguments> storage() {
    return Stream.of(
        Arguments.of("spec: {storage: null}", "spec.storage"),
        Arguments.of("spec: {storage: {size: null}}", "spec.storage.size"),
        Arguments.of("spec: {storage: {size: 0}}", VolumeSize.ENOUGH_MESSAGE),
        Arguments.of("spec: {storage: {size: 1Mi}}", VolumeSize.ENOUGH_MESSAGE),
        Arguments.of("spec: {storage: {size: 67108863}}", VolumeSize.ENOUGH_MESSAGE),
        Arguments.of("spec: {storage: {size: 67M}}", VolumeSize.ENOUGH_MESSAGE),
        Arguments.of("spec: {storage: {size: '6.7e7'}}", VolumeSize.ENOUGH_MESSAGE),
        Arguments.of("spec: {storage: {size: 1e9}}", VolumeSize.QUANTITY_MESSAGE),
        Arguments.of("spec: {storage: {size: -1Gi}}", VolumeSize.ENOUGH_MESSAGE),
        Arguments.of("spec: {storage: {size: 1500m}}", VolumeSize.ENOUGH_MESSAGE),
        Arguments.of("spec: {storage: {size: 9999999Ti}}", VolumeSize.ENOUGH_MESSAGE),
        Arguments.of("spec: {storage: {size: 10GB}}", VolumeSize.QUANTITY_MESSAGE),
        Arguments.of("spec: {storage: {size: 10gi}}", VolumeSize.QUANTITY_MESSAGE),
        Arguments.of("spec: {storage: {size: none}}", VolumeSize.QUANTITY_MESSAGE),
        Arguments.of("spec: {storage: {size: ''}}", VolumeSize.QUANTITY_MESSAGE),
        Arguments.of("spec: {shards: 9, storage: {size: 64Mi}}", VolumeSize.PER_SHARD_MESSAGE),
        Arguments.of("spec: {shards: 64, storage: {size: 511Mi}}", VolumeSize.PER_SHARD_MESSAGE),
        Arguments.of(
            "spec: {storage: {whenDeleted: Keep}}", "supported values: \"Delete\", \"Retain\""),
        Arguments.of(
            "spec: {storage: {whenScaled: delete}}", "supported values: \"Delete\", \"Retain\""),
        Arguments.of("spec: {storage: {storageClassName: Fast One}}", ObjectName.MESSAGE),
        Arguments.of("spec: {storage: {storageClassName: ''}}", "spec.storage.storageClassName"));
  }

  static Stream<Arguments> segments() {
    return Stream.of(
        Arguments.of("spec: {segment: {maxBytes: 4095}}", "at least 4Ki and less than 1Ti"),
        Arguments.of("spec: {segment: {maxBytes: 3Ki}}", "at least 4Ki and less than 1Ti"),
        Arguments.of(
            "spec: {storage: {size: 9Ti}, segment: {maxBytes: 1Ti}}",
            "at least 4Ki and less than 1Ti"),
        Arguments.of("spec: {segment: {maxBytes: none}}", SizeRule.MESSAGE),
        Arguments.of(
            "spec: {segment: {maxBytes: 513Mi}}",
            "segment.maxBytes must be at most half of storage.size"),
        Arguments.of(
            "spec: {segment: {maxBytes: 536870913}}",
            "segment.maxBytes must be at most half of storage.size"),
        Arguments.of("spec: {segment: {maxAge: 0s}}", SpanRule.LIMIT_MESSAGE),
        Arguments.of("spec: {segment: {maxAge: 1w}}", SpanRule.LIMIT_MESSAGE),
        Arguments.of("spec: {segment: {maxAge: PT1H}}", SpanRule.LIMIT_MESSAGE));
  }

  static Stream<Arguments> retention() {
    return Stream.of(
        Arguments.of("spec: {retention: {maxAge: 0d}}", SpanRule.LIMIT_MESSAGE),
        Arguments.of("spec: {retention: {maxAge: 0}}", "spec.retention.maxAge"),
        Arguments.of("spec: {retention: {maxAge: 1d12h}}", SpanRule.LIMIT_MESSAGE),
        Arguments.of("spec: {retention: {maxAge: ''}}", SpanRule.LIMIT_MESSAGE),
        Arguments.of("spec: {retention: {maxAge: 1000000d}}", SpanRule.LIMIT_MESSAGE),
        Arguments.of("spec: {retention: {maxBytes: 0}}", SizeRule.LIMIT_MESSAGE),
        Arguments.of("spec: {retention: {maxBytes: 0Gi}}", SizeRule.LIMIT_MESSAGE),
        Arguments.of("spec: {retention: {maxBytes: -5}}", SizeRule.LIMIT_MESSAGE),
        Arguments.of("spec: {retention: {interval: 0s}}", SpanRule.MESSAGE),
        Arguments.of("spec: {retention: {interval: none}}", SpanRule.MESSAGE),
        Arguments.of("spec: {retention: {interval: 500ms}}", SpanRule.MESSAGE),
        Arguments.of(
            "spec: {retention: {deleteProcessed: 'yes'}}", "spec.retention.deleteProcessed"),
        Arguments.of("spec: {retention: {maxBytes: 2147483648}}", SizeRule.LIMIT_MESSAGE));
  }

  static Stream<Arguments> logs() {
    return Stream.of(
        Arguments.of("spec: {logs: [{name: Orders}]}", "a log's name is"),
        Arguments.of("spec: {logs: [{name: a b}]}", "a log's name is"),
        Arguments.of("spec: {logs: [{name: .a}]}", "a log's name is"),
        Arguments.of("spec: {logs: [{name: ''}]}", "spec.logs[0].name"),
        Arguments.of("spec: {logs: [{name: x---a}]}", "is created there alone: leave it out"),
        Arguments.of("spec: {logs: [{name: " + "a".repeat(129) + "}]}", "spec.logs[0].name"),
        Arguments.of(
            "spec: {logs: [{retention: {maxAge: 1d}}]}", "spec.logs[0].name: Required value"),
        Arguments.of(
            "spec: {logs: [{name: a}, {name: a}]}",
            "spec.logs[1]: Duplicate value: {\"name\":\"a\"}"),
        Arguments.of(
            "spec: {logs: [{name: a, durability: none}]}", "durability must be fsync or buffered"),
        Arguments.of("spec: {logs: [{name: a, retention: {maxAge: 0s}}]}", SpanRule.LIMIT_MESSAGE),
        Arguments.of(
            "spec: {logs: [{name: a, retention: {interval: 1s}}]}",
            "move it to spec.retention.interval"),
        Arguments.of(
            "spec: {logs: [{name: a, segment: {maxBytes: 600Mi}}]}",
            "a log's segment.maxBytes must be at most half"));
  }

  static Stream<Arguments> finiteLogs() {
    String time = "must be of type date-time";
    return Stream.of(
        Arguments.of(
            "spec: {logs: [{name: a, ttl: 30m, expiresAt: '2027-01-31T00:00:00Z'}]}",
            "a log has one end, a ttl or an expiresAt: leave one of them out"),
        Arguments.of("spec: {logs: [{name: a, ttl: none}]}", SpanRule.MESSAGE),
        Arguments.of("spec: {logs: [{name: a, ttl: 0s}]}", SpanRule.MESSAGE),
        Arguments.of("spec: {logs: [{name: a, ttl: '30'}]}", SpanRule.MESSAGE),
        Arguments.of("spec: {logs: [{name: a, ttl: 30}]}", "spec.logs[0].ttl"),
        Arguments.of("spec: {logs: [{name: a, expiresAt: tomorrow}]}", time),
        Arguments.of("spec: {logs: [{name: a, expiresAt: ''}]}", time),
        Arguments.of("spec: {logs: [{name: a, expiresAt: '2027-01-31'}]}", time),
        Arguments.of("spec: {logs: [{name: a, expiresAt: '2027-02-29T00:00:00Z'}]}", time),
        Arguments.of("spec: {logs: [{name: a, expiresAt: '2027-01-31T00:00:00'}]}", time),
        Arguments.of(
            "spec: {logs: [{name: a, expiresAt: '2027-01-31T00:00:00x5Z'}]}",
            "spec.logs[0].expiresAt in body should match"),
        Arguments.of("spec: {logs: [{name: a, contentType: json}]}", TraitRule.MEDIA_MESSAGE),
        Arguments.of("spec: {logs: [{name: a, contentType: ''}]}", TraitRule.MEDIA_MESSAGE),
        Arguments.of("spec: {logs: [{name: a, contentType: '*/*'}]}", TraitRule.MEDIA_MESSAGE),
        Arguments.of(
            "spec: {logs: [{name: a, contentType: \"text/plain\\r\\nx: y\"}]}",
            TraitRule.MEDIA_MESSAGE),
        Arguments.of(
            "spec: {logs: [{name: a, contentType: text/plain; charset}]}", TraitRule.MEDIA_MESSAGE),
        Arguments.of(
            "spec: {logs: [{name: a, contentType: a/" + "b".repeat(255) + "}]}",
            "spec.logs[0].contentType"));
  }

  static Stream<Arguments> properties() {
    return Stream.of(
        Arguments.of(
            "spec: {config: {dislog.replication: 'off'}}", "are the operator's: leave them out"),
        Arguments.of(
            "spec: {config: {dislog.raft.port: '1'}}", "are the operator's: leave them out"),
        Arguments.of(
            "spec: {config: {dislog.data-dir: /tmp}}", "are the operator's: leave them out"),
        Arguments.of(
            "spec: {config: {quarkus.http.port: '1'}}", "are the operator's: leave them out"),
        Arguments.of("spec: {config: {dislog.auth.enabled: 'true'}}", Property.PLAIN_MESSAGE),
        Arguments.of("spec: {config: {dislog.tls.api.key: a}}", Property.PLAIN_MESSAGE),
        Arguments.of("spec: {config: {dislog.nodes.token: a}}", Property.PLAIN_MESSAGE),
        Arguments.of("spec: {config: {dislog.archive.s3.bucket: a}}", Property.PLAIN_MESSAGE),
        Arguments.of("spec: {config: {quarkus.tls.key-store.pem: a}}", Property.PLAIN_MESSAGE),
        Arguments.of("spec: {config: {quarkus.oidc.enabled: 'no'}}", Property.PLAIN_MESSAGE),
        Arguments.of("spec: {config: {quarkus.http.auth.basic: 'true'}}", Property.PLAIN_MESSAGE),
        Arguments.of("spec: {config: {quarkus.http.ssl-port: '1'}}", Property.PLAIN_MESSAGE),
        Arguments.of("spec: {config: {quarkus.http.ssl.client-auth: a}}", Property.PLAIN_MESSAGE),
        Arguments.of("spec: {config: {quarkus.http.insecure-requests: a}}", Property.PLAIN_MESSAGE),
        Arguments.of("spec: {config: {quarkus.http.proxy.x: a}}", Property.PLAIN_MESSAGE),
        Arguments.of("spec: {config: {'%prod.dislog.data-dir': /tmp}}", Property.NAMES_MESSAGE),
        Arguments.of("spec: {config: {a b: c}}", Property.NAMES_MESSAGE),
        Arguments.of("spec: {config: {\"a\\nb\": c}}", Property.NAMES_MESSAGE),
        Arguments.of("spec: {config: {dislog.logs.auto-create: true}}", "must be of type string"));
  }

  static Stream<Arguments> containers() {
    return Stream.of(
        Arguments.of("spec: {image: ''}", "spec.image"),
        Arguments.of("spec: {image: a b}", "an image's name has letters"),
        Arguments.of("spec: {resources: {limits: {memory: lots}}}", Amounts.QUANTITIES_MESSAGE),
        Arguments.of("spec: {resources: {limits: {memory: -1}}}", Amounts.QUANTITIES_MESSAGE),
        Arguments.of(
            "spec: {resources: {requests: {cpu: 2}, limits: {cpu: 1500m}}}", Amounts.FIT_MESSAGE),
        Arguments.of("spec: {resources: {claims: [{name: gpu}]}}", Amounts.CLAIM_NOTHING_MESSAGE));
  }

  static Stream<Arguments> pods() {
    return Stream.of(
        Arguments.of(
            "spec: {pod: {topologySpreadConstraints: [{maxSkew: 2147483648}]}}",
            "spec.pod.topologySpreadConstraints[0].maxSkew in body should be less than or equal to"
                + " 2147483647"),
        Arguments.of("spec: {pod: {labels: {a: b c}}}", Label.MESSAGE),
        Arguments.of("spec: {pod: {labels: {-a: b}}}", Label.MESSAGE),
        Arguments.of("spec: {pod: {nodeSelector: {a/b/c: d}}}", Label.MESSAGE),
        Arguments.of("spec: {pod: {annotations: {no/slash/es: x}}}", Annotation.MESSAGE),
        Arguments.of("spec: {pod: {annotations: {'': x}}}", Annotation.MESSAGE),
        Arguments.of(
            "spec: {pod: {tolerations: [{operator: exists}]}}", Scheduling.TOLERATE_MESSAGE),
        Arguments.of("spec: {pod: {tolerations: [{value: a}]}}", Scheduling.TOLERATE_MESSAGE),
        Arguments.of(
            "spec: {pod: {tolerations: [{operator: Exists, value: a}]}}",
            Scheduling.TOLERATE_MESSAGE),
        Arguments.of(
            "spec: {pod: {tolerations: [{key: a, effect: NoSchedule, tolerationSeconds: 5}]}}",
            Scheduling.TOLERATE_MESSAGE),
        Arguments.of(
            "spec: {pod: {topologySpreadConstraints: [{maxSkew: 0, topologyKey: a,"
                + " whenUnsatisfiable: DoNotSchedule}]}}",
            Scheduling.SPREAD_MESSAGE),
        Arguments.of(
            "spec: {pod: {topologySpreadConstraints: [{maxSkew: 1, topologyKey: a}]}}",
            "whenUnsatisfiable: Required value"),
        Arguments.of("spec: {pod: {imagePullSecrets: [{name: A}]}}", ObjectName.MESSAGE),
        Arguments.of(
            "spec: {pod: {imagePullSecrets: [{name: a}, {name: a}]}}",
            "spec.pod.imagePullSecrets[1]: Duplicate value"),
        Arguments.of("spec: {pod: {priorityClassName: High!}}", ObjectName.MESSAGE),
        Arguments.of("spec: {pod: {serviceAccountName: Me}}", ObjectName.MESSAGE));
  }

  /** What concerns all of it: members that are not its own, and its name. */
  static Stream<Arguments> whole() {
    return Stream.of(
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
}

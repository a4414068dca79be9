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

/** What a cluster that is there can become by the definition, and what it can not. */
@ExtendWith(ApiServerExtension.class)
class DefinitionChangeTest {

  private final ApiServer server;
  private String namespace = "";

  DefinitionChangeTest(ApiServer server) {
    this.server = server;
  }

  @BeforeEach
  void inANamespaceOfItsOwn() {
    namespace = server.newNamespace();
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
        Arguments.of("spec: {storage: {size: 1.5Gi}}", "spec: {storage: {size: 1535Mi}}", size),
        Arguments.of("spec: {storage: {size: 1Gi}}", "spec: {storage: {size: 1G}}", size),
        Arguments.of("spec: {storage: {size: 10G}}", "spec: {storage: {size: 9.3Gi}}", size),
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
            storageClass),
        Arguments.of(
            logs("{name: a, ttl: 30m}"), logs("{name: a, ttl: 1801s}"), "ttl can't be changed"),
        Arguments.of(
            logs("{name: a, ttl: 1d}"), logs("{name: a, ttl: 1h}"), "ttl can't be changed"),
        Arguments.of(
            logs("{name: a, expiresAt: '2027-01-31T00:00:00Z'}"),
            logs("{name: b}, {name: a, expiresAt: '2027-01-31T00:00:00.001Z'}"),
            "expiresAt can't be changed"),
        Arguments.of(
            logs("{name: a, contentType: text/plain}"),
            logs("{name: a, contentType: text/html}"),
            "contentType can't be changed: a log has it from when it is created. Keep it, or"
                + " remove the log from spec.logs, which deletes nothing, and add it again"));
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
        Arguments.of("spec: {storage: {size: 1.5Gi}}", "spec: {storage: {size: 1536Mi}}"),
        Arguments.of("spec: {storage: {size: '1e9'}}", "spec: {storage: {size: 1G}}"),
        Arguments.of("spec: {storage: {size: 1G}}", "spec: {storage: {size: '1000000000'}}"),
        Arguments.of("spec: {storage: {size: 10G}}", "spec: {storage: {size: 9.4Gi}}"),
        Arguments.of("spec: {shards: 8}", "spec: {shards: null}"),
        Arguments.of("spec: {}", "spec: {storage: {storageClassName: null}}"),
        Arguments.of("spec: {storage: {storageClassName: null}}", "spec: {}"),
        Arguments.of(
            "spec: {storage: {whenDeleted: Retain}}", "spec: {storage: {whenDeleted: Delete}}"),
        Arguments.of(
            "spec: {retention: {maxAge: 1d}}",
            "spec: {retention: null, replicas: 9, paused: true}"),
        Arguments.of(logs("{name: a, ttl: 9999d}"), logs("{name: a, ttl: 239976h}")),
        Arguments.of(logs("{name: a, ttl: 2d}"), logs("{name: a, ttl: 172800s}")),
        Arguments.of(
            logs("{name: a, expiresAt: '2027-01-31T00:00:00Z'}"),
            logs("{name: a, expiresAt: '2027-01-31T01:00:00.000+01:00'}")),
        Arguments.of(
            logs("{name: a, contentType: text/plain;charset=utf-8}"),
            logs("{name: a, contentType: Text/plain; charset=UTF-8}")),
        // Whether the log is so already only the operator sees; and each can be taken back.
        Arguments.of(logs("{name: a}"), logs("{name: a, ttl: 30m, contentType: text/plain}")),
        Arguments.of(logs("{name: a, ttl: 30m, contentType: text/plain}"), logs("{name: a}")),
        Arguments.of(logs("{name: a, ttl: 30m}"), logs("{name: a, ttl: null}")),
        Arguments.of(
            logs("{name: a, ttl: 30m}"), logs("{name: a, expiresAt: '2027-01-31T00:00:00Z'}")),
        Arguments.of(logs("{name: a, ttl: 30m}"), logs("{name: b, ttl: 1h}")));
  }

  private static String logs(String logs) {
    return "spec: {logs: [" + logs + "]}";
  }

  private DislogCluster present() {
    return Resource.present(server.client(), namespace);
  }
}

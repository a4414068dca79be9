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
            "spec: {retention: null, replicas: 9, paused: true}"));
  }

  private DislogCluster present() {
    return Resource.present(server.client(), namespace);
  }
}

package io.dislog.operator.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterSpec;
import io.dislog.operator.crd.RetentionSpec;
import io.dislog.operator.crd.StorageSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServicePropertiesTest {

  private static final Shape ONE = new Shape(1, 1, false, "dislog:1", "1Gi");

  @Test
  void aFileSaysWhatWasMeant() throws IOException {
    Map<String, String> config =
        Map.of(
            "a.b", " leading, \\ and = : # ! inside",
            "with space", "line\nbreak\ttab",
            "key=:#!", "é€😀");
    Properties read = read(ServiceProperties.of(cluster(config, null), ONE));
    config.forEach((name, value) -> assertThat(read.getProperty(name)).as(name).isEqualTo(value));
  }

  @Test
  void theSamePropertiesGiveTheSameFile() {
    Map<String, String> config = Map.of("a", "1", "b", "2", "c", "3");
    assertThat(ServiceProperties.of(cluster(config, null), ONE).text())
        .isEqualTo(ServiceProperties.of(cluster(config, null), ONE).text());
  }

  @Test
  void whatIsTheOperatorsIsNotTheUsers() throws IOException {
    Properties read =
        read(ServiceProperties.of(cluster(Map.of("dislog.replication", "off"), null), ONE));
    assertThat(read.getProperty("dislog.replication")).isEqualTo("raft");
  }

  @Test
  void nodesFindEachOtherByName() throws IOException {
    Properties read =
        read(ServiceProperties.of(cluster(Map.of(), null), new Shape(2, 2, false, "x", "1Gi")));
    assertThat(read.getProperty("dislog.raft.peers"))
        .isEqualTo(
            "demo-0=demo-0.demo-nodes.here.svc:9700:8080,demo-1=demo-1.demo-nodes.here.svc:9700:8080");
  }

  @Test
  void aSmallVolumeHasSmallSegmentsAndAnOrdinaryOneTheServicesOwn() throws IOException {
    Properties small = inVolumeOf("64Mi", Map.of());
    assertThat(small.getProperty("dislog.segment.max-bytes")).isEqualTo("8388608");
    assertThat(small.getProperty("dislog.storage.reserve")).isEqualTo("4194304");
    assertThat(inVolumeOf("2Gi", Map.of()).stringPropertyNames())
        .doesNotContain("dislog.segment.max-bytes", "dislog.storage.reserve");
    assertThat(
            inVolumeOf("64Mi", Map.of("dislog.storage.reserve", "1Mi"))
                .getProperty("dislog.storage.reserve"))
        .isEqualTo("1Mi");
  }

  @Test
  void whatNeedsARestartChangesTheFingerprint() {
    String before = ServiceProperties.of(cluster(Map.of(), null), ONE).fingerprint();
    assertThat(
            ServiceProperties.of(cluster(Map.of("dislog.storage.reserve", "1Gi"), null), ONE)
                .fingerprint())
        .isNotEqualTo(before);
  }

  @Test
  void whatNeedsNoRestartDoesNot() {
    String before = ServiceProperties.of(cluster(Map.of(), null), ONE).fingerprint();
    assertThat(ServiceProperties.of(cluster(Map.of(), "5s"), ONE).fingerprint()).isEqualTo(before);
    assertThat(
            ServiceProperties.of(cluster(Map.of(), null), new Shape(3, 3, false, "x", "1Gi"))
                .fingerprint())
        .isEqualTo(before);
  }

  private static Properties inVolumeOf(String size, Map<String, String> config) throws IOException {
    return read(
        ServiceProperties.of(cluster(config, null), new Shape(1, 1, false, "dislog:1", size)));
  }

  private static Properties read(ServiceProperties properties) throws IOException {
    Properties read = new Properties();
    read.load(new StringReader(properties.text()));
    return read;
  }

  private static DislogCluster cluster(Map<String, String> config, @Nullable String interval) {
    DislogCluster cluster = new DislogCluster();
    cluster.setMetadata(new ObjectMetaBuilder().withName("demo").withNamespace("here").build());
    RetentionSpec retention = new RetentionSpec(null, null, null, null, null, null, interval);
    StorageSpec storage = new StorageSpec(new Quantity("1Gi"), null, null, null);
    cluster.setSpec(
        new DislogClusterSpec(
            1, 8, null, storage, null, retention, null, config, null, null, null, null));
    return cluster;
  }
}

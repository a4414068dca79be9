package io.dislog.operator.objects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dislog.operator.crd.AuthSpec;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterSpec;
import io.dislog.operator.crd.IssuerSpec;
import io.dislog.operator.crd.RuleSpec;
import io.dislog.operator.crd.StorageSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What nodes are told of who may do what. */
class AccessPropertiesTest {

  private static final Surroundings HERE =
      new Surroundings("system:serviceaccount:dislog-system:dislog-operator", "cluster.example");
  private static final Shape ONE = new Shape(1, 1, false, "dislog:1", "1Gi").in(HERE);

  @Test
  void nodesKnowEachOtherAndTheOperatorWithoutAnySetting() {
    Map<String, String> told = AccessProperties.of(cluster(null), HERE, null);
    assertThat(told)
        .containsEntry("dislog.nodes.token-file", NodeTokens.FOLDER + "/nodes")
        .containsEntry("dislog.auth.operator", HERE.operator())
        .containsEntry("dislog.auth.issuers", "kubernetes")
        .doesNotContainKey("dislog.auth.rules-file");
    assertThat(AccessProperties.of(cluster(null), Surroundings.USUAL, null))
        .doesNotContainKey("dislog.auth.operator");
  }

  @Test
  void aClusterIsCalledByItsNamesAndThoseOfItsResource() {
    assertThat(
            AccessProperties.of(cluster(null), HERE, "logs.example")
                .get("dislog.http.allowed-hosts"))
        .isEqualTo(
            "demo.team,demo.team.svc,demo.team.svc.cluster.example,*.demo-nodes.team,"
                + "*.demo-nodes.team.svc,*.demo-nodes.team.svc.cluster.example,logs.example");
  }

  @Test
  void rulesAreAFileThatChangesWithoutARestart() throws IOException {
    RuleSpec rule =
        new RuleSpec(
            List.of("system:serviceaccount:shop:till", "a\"b"),
            List.of("append", "consume"),
            List.of("orders", "stream:shop/*"),
            List.of("till-*"));
    RuleSpec admin = new RuleSpec(List.of("oidc:corp:group:ops"), List.of("admin"), null, null);
    DislogCluster closed = cluster(new AuthSpec(null, List.of(rule, admin)));
    assertThat(AccessProperties.of(closed, HERE, null))
        .containsEntry("dislog.auth.rules-file", "/etc/dislog/rules.yaml");
    Map<String, String> files = new NodesConfigMap().desired(closed, ONE).getData();
    JsonNode rules = new ObjectMapper().readTree(files.get("rules.yaml")).path("rules");
    assertThat(rules.toString())
        .isEqualTo(
            "[{\"who\":[\"system:serviceaccount:shop:till\",\"a\\\"b\"],\"may\":[\"append\",\"consume\"],"
                + "\"logs\":[\"orders\",\"stream:shop/*\"],\"consumers\":[\"till-*\"]},"
                + "{\"who\":[\"oidc:corp:group:ops\"],\"may\":[\"admin\"]}]");
    assertThat(ServiceProperties.of(closed, ONE).fingerprint())
        .isEqualTo(
            ServiceProperties.of(cluster(new AuthSpec(null, List.of(admin))), ONE).fingerprint())
        .isNotEqualTo(ServiceProperties.of(cluster(null), ONE).fingerprint());
    assertThat(new NodesConfigMap().desired(cluster(null), ONE).getData())
        .doesNotContainKey("rules.yaml");
    assertThat(new NodesConfigMap().desired(cluster(new AuthSpec(null, null)), ONE).getData())
        .containsEntry("rules.yaml", "{\n  \"rules\" : [ ]\n}\n");
  }

  @Test
  void issuersComeWithTheirCertificates() {
    AuthSpec auth =
        new AuthSpec(
            List.of(
                new IssuerSpec("kubernetes"),
                new IssuerSpec("corp", "https://login.example", "dislog", "corp-ca"),
                new IssuerSpec("other", "https://other.example", "logs", null)),
            null);
    assertThat(AccessProperties.of(cluster(auth), HERE, null))
        .containsEntry("dislog.auth.issuers", "kubernetes,corp,other")
        .containsEntry("dislog.auth.issuer.corp.url", "https://login.example")
        .containsEntry("dislog.auth.issuer.corp.audience", "dislog")
        .containsEntry("dislog.auth.issuer.corp.ca", "/etc/dislog-issuers/corp/ca.crt")
        .containsEntry("dislog.auth.issuer.other.audience", "logs")
        .doesNotContainKeys("dislog.auth.issuer.other.ca", "dislog.auth.issuer.kubernetes.url");
    PodSpec pod = NodePod.of(cluster(auth), ONE).getSpec();
    assertThat(pod.getVolumes())
        .anySatisfy(volume -> {
          assertThat(volume.getName()).isEqualTo("issuer-corp");
          assertThat(volume.getConfigMap().getName()).isEqualTo("corp-ca");
        });
    assertThat(pod.getContainers().getFirst().getVolumeMounts())
        .anySatisfy(
            mount -> assertThat(mount.getMountPath()).isEqualTo("/etc/dislog-issuers/corp"));
  }

  @Test
  void aPodGetsTokensForTheApiServerAndForNodesAlone() {
    PodSpec pod = NodePod.of(cluster(null), ONE).getSpec();
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    var sources =
        pod.getVolumes().stream()
            .filter(volume -> volume.getName().equals("tokens"))
            .findFirst()
            .orElseThrow()
            .getProjected()
            .getSources();
    assertThat(sources).hasSize(3);
    assertThat(sources.get(0).getServiceAccountToken().getAudience()).isNull();
    assertThat(sources.get(1).getServiceAccountToken().getAudience())
        .isEqualTo("dislog-nodes:team/demo");
  }

  private static DislogCluster cluster(@Nullable AuthSpec auth) {
    DislogCluster cluster = new DislogCluster();
    cluster.setMetadata(new ObjectMetaBuilder().withName("demo").withNamespace("team").build());
    StorageSpec storage = new StorageSpec(new Quantity("1Gi"), null, null, null);
    cluster.setSpec(
        new DislogClusterSpec(
            1, 8, null, storage, null, null, null, null, null, null, null, null, auth));
    return cluster;
  }
}

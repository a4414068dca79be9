package io.dislog.operator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.dislog.kit.Await;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.VolumePolicy;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who removes the operator keeps the clusters, and nobody deletes by the way what must stay. */
@ExtendWith(ApiServerExtension.class)
class ProtectionTest {

  private static final String DEFINITION = "dislogclusters.dislog.io";
  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final List<String> OPERATORS =
      List.of(
          "../k8s/operator", "../k8s/operator/one-namespace", "../k8s/operator/several-namespaces");

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final ApiServer server;
  private final KubernetesClient client;
  private String namespace = "";

  ProtectionTest(ApiServer server) {
    this.server = server;
    this.client = server.client();
  }

  @BeforeEach
  void protect() throws Exception {
    namespace = server.newNamespace();
    server.kubectl("apply", "-k", "../k8s/protection");
    // The API server takes a moment until it goes by a policy.
    Await.until("the policies are in force", PATIENCE, () -> isRefused("crd", DEFINITION));
    server.kubectl("annotate", "namespace", namespace, "dislog.io/protect=true");
    Await.until("all policies are in force", PATIENCE, () -> isRefused("namespace", namespace));
  }

  @Test
  void removingTheOperatorTakesNeitherDefinitionNorProtection() throws Exception {
    for (String folder : OPERATORS) {
      assertThat(server.kubectl("kustomize", folder))
          .as(folder)
          .doesNotContain("CustomResourceDefinition", "ValidatingAdmissionPolicy");
    }
    assertThat(server.kubectl("kustomize", "../crds")).doesNotContain("ValidatingAdmissionPolicy");
    assertThat(server.kubectl("kustomize", "../k8s/operator/one-namespace"))
        .as("the namespace of its clusters is protected")
        .contains("dislog.io/protect: \"true\"");
  }

  @Test
  void clustersOfEitherPolicyOutliveTheOperatorAndAreAdopted() throws Exception {
    String other = server.newNamespace();
    make(namespace, VolumePolicy.DELETE);
    make(other, VolumePolicy.RETAIN);
    server.kubectl("apply", "-k", "../k8s/operator");
    StatefulSet mine;
    StatefulSet others;
    try (RunningOperator first = new RunningOperator(client, namespace);
        RunningOperator second = new RunningOperator(client, other)) {
      mine = awaitNodes(namespace, first);
      others = awaitNodes(other, second);
    }
    server.kubectl("delete", "-k", "../k8s/operator", "--wait=false");
    try (RunningOperator first = new RunningOperator(client, namespace);
        RunningOperator second = new RunningOperator(client, other)) {
      Await.until(() -> "it looks: " + first, PATIENCE, () -> first.reconciliations() > 1);
      Await.until(() -> "it looks: " + second, PATIENCE, () -> second.reconciliations() > 1);
      assertThat(awaitNodes(namespace, first)).isEqualTo(mine);
      assertThat(awaitNodes(other, second)).isEqualTo(others);
    }
  }

  @Test
  void theDefinitionIsDeletedOnlyOnceThatIsAllowed() throws Exception {
    String told = "kubectl annotate crd dislogclusters.dislog.io dislog.io/allow-deletion=true";
    assertThat(refusal("delete", "crd", DEFINITION, "--dry-run=server")).contains(told);
    assertThat(refusal("delete", "-k", "../crds", "--dry-run=server")).contains(told);
    assertThat(catchThrowable(() -> client.raw(DEFINITIONS + "?dryRun=All", "DELETE", null)))
        .hasMessageContaining(told);
    server.kubectl("annotate", "crd", DEFINITION, "dislog.io/allow-deletion=true");
    try {
      assertThat(server.kubectl("delete", "-k", "../crds", "--dry-run=server")).contains("deleted");
    } finally {
      server.kubectl("annotate", "crd", DEFINITION, "dislog.io/allow-deletion-");
    }
  }

  @Test
  void whatIsProtectedIsDeletedOnlyOnceItIsNot() throws Exception {
    make(namespace, VolumePolicy.DELETE);
    assertThat(server.kubectl("delete", "dlc", "demo", "-n", namespace, "--dry-run=server"))
        .contains("deleted");
    server.kubectl("annotate", "dlc", "demo", "-n", namespace, "dislog.io/protect=true");
    String told = "kubectl annotate dlc demo -n %s dislog.io/protect-".formatted(namespace);
    assertThat(refusal("delete", "dlc", "demo", "-n", namespace)).contains(told);
    assertThat(refusal("delete", "dlc", "--all", "-n", namespace)).contains(told);
    String all = "/apis/dislog.io/v1alpha1/namespaces/%s/dislogclusters".formatted(namespace);
    assertThat(catchThrowable(() -> client.raw(all, "DELETE", null))).hasMessageContaining(told);
    assertThat(refusal("delete", "namespace", namespace))
        .contains("kubectl annotate namespace " + namespace + " dislog.io/protect-");
    assertThat(TestClusters.get(client, namespace)).isNotNull();
    server.kubectl("annotate", "dlc", "demo", "-n", namespace, "dislog.io/protect-");
    server.kubectl("delete", "dlc", "demo", "-n", namespace);
    assertThat(TestClusters.get(client, namespace)).isNull();
  }

  private void make(String where, VolumePolicy whenDeleted) {
    DislogCluster cluster = TestClusters.of(where, 1);
    cluster.setSpec(TestClusters.spec(whenDeleted, VolumePolicy.RETAIN));
    client.resource(cluster).create();
  }

  private StatefulSet awaitNodes(String where, RunningOperator operator)
      throws InterruptedException {
    var set = client.apps().statefulSets().inNamespace(where).withName(TestClusters.NAME);
    Await.until(
        () -> "a StatefulSet: " + operator, PATIENCE, () -> Insistence.ask(set::get) != null);
    return requireNonNull(Insistence.ask(set::get));
  }

  private boolean isRefused(String kind, String name) {
    return refusal("delete", kind, name, "--dry-run=server").contains("denied request");
  }

  /** What kubectl says of a deletion that is refused; empty where it is not. */
  private String refusal(String... arguments) {
    try {
      server.kubectl(arguments);
      return "";
    } catch (IllegalStateException e) {
      return requireNonNull(e.getMessage());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

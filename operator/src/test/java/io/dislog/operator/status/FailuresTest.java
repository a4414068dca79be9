package io.dislog.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.AggregatedOperatorException;
import io.javaoperatorsdk.operator.OperatorException;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void aRefusalSaysObjectFieldFaultAndMember() {
    Exception refused =
        refused(
            422, "spec.template.annotations", "Invalid value: \"no/slash/es\": a name\nis wrong");
    assertThat(Failures.told(refused))
        .isEqualTo(
            "the API server refuses StatefulSet demo: spec.template.annotations: Invalid value:"
                + " \"no/slash/es\": a name is wrong (spec.pod.annotations makes it: change it"
                + " there)");
  }

  @Test
  void theMemberIsNamedForEachFieldThatOneMakes() {
    Map.of(
            "spec.template.spec.tolerations[0].effect", "spec.pod.tolerations",
            "spec.template.spec.affinity.podAffinity", "spec.pod.affinity",
            "spec.template.spec.containers[0].image", "spec.image",
            "spec.template.spec.containers[0].resources.limits[a b]", "spec.resources",
            "spec.volumeClaimTemplates[0].spec.storageClassName", "spec.storage.storageClassName",
            "spec.template.spec.imagePullSecrets[0].name", "spec.pod.imagePullSecrets",
            "data", "spec.config")
        .forEach((field, member) ->
            assertThat(Failures.told(refused(422, field, "is wrong")))
                .contains("(" + member + " makes it"));
  }

  @Test
  void whateverWrapsARefusalIsNotTold() {
    Exception many =
        new AggregatedOperatorException(
            "Exception(s) during workflow execution.",
            Map.of("nodes", new OperatorException(refused(422, "data", "is wrong"))));
    assertThat(Failures.told(new OperatorException(many)))
        .isEqualTo(
            "the API server refuses StatefulSet demo: data: is wrong (spec.config makes it: change"
                + " it there)");
  }

  @Test
  void aFieldInAnAnswerWithoutAListOfFieldsIsFound() {
    Status status =
        new StatusBuilder()
            .withCode(500)
            .withMessage("failed: .spec.template.spec.tolerations: duplicate\nentries")
            .build();
    assertThat(Failures.told(new KubernetesClientException(status)))
        .isEqualTo(
            "the API server answers 500: failed: .spec.template.spec.tolerations: duplicate entries"
                + " (spec.pod.tolerations makes it: change it there)");
  }

  @Test
  void nothingOfALibraryIsTold() {
    assertThat(
            Failures.told(
                new KubernetesClientException("x", new IOException("Connection refused"))))
        .isEqualTo("the API server does not answer: the operator tries again");
    assertThat(Failures.told(new IllegalStateException("at io.fabric8.kubernetes.Client line 5")))
        .isEqualTo("the operator failed to go on, and tries again; its log says more");
    assertThat(Failures.told(new IllegalStateException()))
        .isEqualTo("the operator failed to go on, and tries again; its log says more");
  }

  @Test
  void theEndOfTheNamespaceIsToldApart() {
    assertThat(Failures.isOfTerminatingNamespace(terminating())).isTrue();
    assertThat(
            Failures.isOfTerminatingNamespace(
                new AggregatedOperatorException(
                    "both",
                    Map.of("one", terminating(), "other", refused(422, "data", "is wrong")))))
        .isFalse();
  }

  private static KubernetesClientException terminating() {
    return new KubernetesClientException(
        new StatusBuilder()
            .withCode(403)
            .withNewDetails()
            .addNewCause("metadata.namespace", "it goes", "NamespaceTerminating")
            .endDetails()
            .build());
  }

  private static KubernetesClientException refused(int code, String field, String message) {
    return new KubernetesClientException(
        new StatusBuilder()
            .withCode(code)
            .withNewDetails()
            .withKind("StatefulSet")
            .withName("demo")
            .addNewCause(field, message, "FieldValueInvalid")
            .endDetails()
            .build());
  }
}

package io.dislog.operator;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Warns of an object as Kubernetes does, once. Stateless. */
final class FakeWarning {

  private FakeWarning() {}

  /**
   * @param told the reason, and the message
   */
  static void of(KubernetesClient client, HasMetadata object, String told) {
    String[] words = told.split(": ", 2);
    var metadata = object.getMetadata();
    Event event =
        new EventBuilder()
            .withNewMetadata()
            .withName(metadata.getName() + "." + metadata.getUid())
            .withNamespace(metadata.getNamespace())
            .endMetadata()
            .withType("Warning")
            .withReason(words[0])
            .withMessage(words[1])
            .withLastTimestamp(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
            .withNewInvolvedObject()
            .withApiVersion(object.getApiVersion())
            .withKind(object.getKind())
            .withName(metadata.getName())
            .withNamespace(metadata.getNamespace())
            .withUid(metadata.getUid())
            .endInvolvedObject()
            .build();
    if (client.resource(event).get() == null) {
      client.resource(event).create();
    }
  }
}

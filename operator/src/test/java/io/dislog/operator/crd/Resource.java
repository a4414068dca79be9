package io.dislog.operator.crd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.dislog.operator.Insistence;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A DislogCluster as it is written, not as the types read it: with nulls, mistakes and all. Goes to
 * the API server as it stands. Immutable.
 */
final class Resource {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** The least that is accepted. */
  private static final String LEAST =
      """
      apiVersion: dislog.io/v1alpha1
      kind: DislogCluster
      metadata: {name: demo}
      spec: {storage: {size: 1Gi}}
      """;

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
          - {name: session, contentType: application/json, ttl: 30m, expiresAt: null}
        config: {}
        resources: {}
        pod: {labels: {}, annotations: {}, nodeSelector: {}, tolerations: [], affinity: {}, topologySpreadConstraints: [], priorityClassName: null, imagePullSecrets: [], serviceAccountName: null}
        metrics: {podMonitor: false}
        paused: false
      """;

  private final JsonNode written;

  private Resource(JsonNode written) {
    this.written = written;
  }

  static Resource least() {
    return of(LEAST);
  }

  static Resource whole() {
    return of(WHOLE);
  }

  /** As a user of release 0.1.0 may have it. */
  static Resource golden() throws IOException {
    return of(Files.readString(Path.of("src/test/resources/golden/v1alpha1/cluster.yaml")));
  }

  private static Resource of(String yaml) {
    return new Resource(read(yaml));
  }

  /** This one with what the text says put in its place; lists are replaced, nulls kept. */
  Resource with(String yaml) {
    JsonNode changed = written.deepCopy();
    merge((ObjectNode) changed, read(yaml));
    return new Resource(changed);
  }

  /** What the API server made of it, or would. */
  JsonNode create(KubernetesClient client, String namespace, boolean dry) {
    return send(client, "POST", path(namespace), dry);
  }

  /** The same for one that is there. */
  JsonNode update(KubernetesClient client, String namespace, boolean dry) {
    return send(client, "PUT", path(namespace) + "/demo", dry);
  }

  /** Says how the one that is there does. */
  JsonNode updateStatus(KubernetesClient client, String namespace) {
    return send(client, "PUT", path(namespace) + "/demo/status", false);
  }

  /** What is written in its spec or status. */
  JsonNode part(String name) {
    return written.path(name);
  }

  /** As the types read it, and write it again. */
  JsonNode readByTypes() {
    return read(
        Serialization.asJson(Serialization.unmarshal(written.toString(), DislogCluster.class)));
  }

  /** As the types read the one that is there. */
  static DislogCluster present(KubernetesClient client, String namespace) {
    return Insistence.ask(
        () -> client.resources(DislogCluster.class).inNamespace(namespace).withName("demo").get());
  }

  private JsonNode send(KubernetesClient client, String method, String path, boolean dry) {
    String query = dry ? "?fieldValidation=Strict&dryRun=All" : "?fieldValidation=Strict";
    return read(
        dry
            ? Insistence.ask(() -> client.raw(path + query, method, written))
            : client.raw(path + query, method, written));
  }

  /** Why the API server does not take it, or nothing where it does. */
  static String refusal(Runnable sending) {
    try {
      sending.run();
      return "";
    } catch (KubernetesClientException e) {
      return e.getStatus() == null ? String.valueOf(e.getMessage()) : e.getStatus().getMessage();
    }
  }

  private static String path(String namespace) {
    return "/apis/dislog.io/v1alpha1/namespaces/" + namespace + "/dislogclusters";
  }

  private static void merge(ObjectNode onto, JsonNode changes) {
    changes
        .properties()
        .forEach(change -> {
          JsonNode present = onto.get(change.getKey());
          if (present instanceof ObjectNode object && change.getValue().isObject()) {
            merge(object, change.getValue());
          } else {
            onto.set(change.getKey(), change.getValue());
          }
        });
  }

  private static JsonNode read(String text) {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}

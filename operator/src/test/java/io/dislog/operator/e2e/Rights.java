package io.dislog.operator.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the operator's roles grant and what it asked for, as {@code verb group/resource}. What it
 * asked for is what the API server's audit log has of its service account. For one thread.
 */
final class Rights {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REVIEWS = "authorization.k8s.io";

  /** A role's part in it. */
  private static final JsonPointer DECISION =
      JsonPointer.empty()
          .appendProperty("annotations")
          .appendProperty("authorization.k8s.io/decision");

  private final Set<String> used = new TreeSet<>();
  private final Set<String> refused = new TreeSet<>();

  /** Reads an audit log, one event a line, which is written to meanwhile. */
  Rights(Path auditLog) throws IOException {
    String log = new String(Files.readAllBytes(auditLog), UTF_8);
    // Of what follows the last line's end only a part may be there.
    String whole = log.substring(0, log.lastIndexOf('\n') + 1);
    for (String line : (Iterable<String>) whole.lines()::iterator) {
      note(JSON.readTree(line));
    }
  }

  private void note(JsonNode event) {
    JsonNode object = event.path("objectRef");
    if (!object.has("resource") || object.path("apiGroup").asText().equals(REVIEWS)) {
      // What anybody may ask: which kinds there are, and what oneself may do.
      return;
    }
    int status = event.at("/responseStatus/code").asInt();
    String verb = event.path("verb").asText();
    String right = right(verb, object.path("apiGroup").asText(), resource(object));
    // Not the status: what is written to a namespace that is going is refused to anybody.
    boolean forbidden = event.at(DECISION).asText().equals("forbid");
    (forbidden ? refused : used).add(right);
    if (verb.equals("patch") && status == 201) {
      // An apply that finds nothing creates, and must be allowed to.
      used.add(right("create", object.path("apiGroup").asText(), resource(object)));
    }
  }

  private static String resource(JsonNode object) {
    return object.has("subresource")
        ? object.path("resource").asText() + "/" + object.path("subresource").asText()
        : object.path("resource").asText();
  }

  private static String right(String verb, String group, String resource) {
    return verb + " " + (group.isEmpty() ? "" : group + "/") + resource;
  }

  /** What is granted to the operator by the roles of its installation. */
  static Set<String> granted(KubernetesClient client) {
    var roles = client.rbac();
    Stream<PolicyRule> rules =
        Stream.concat(
            roles.clusterRoles().withName(Installation.NAME).get().getRules().stream(),
            Stream.of("-leader-election", "-tokens")
                .flatMap(role ->
                    roles
                        .roles()
                        .inNamespace(Installation.NAMESPACE)
                        .withName(Installation.NAME + role)
                        .get()
                        .getRules()
                        .stream()));
    return rules.flatMap(Rights::granted).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> granted(PolicyRule rule) {
    return rule.getApiGroups().stream()
        .flatMap(group ->
            rule.getResources().stream()
                .flatMap(resource ->
                    rule.getVerbs().stream().map(verb -> right(verb, group, resource))));
  }

  Set<String> used() {
    return used;
  }

  /** What it asked for and was not allowed. */
  Set<String> refused() {
    return refused;
  }
}

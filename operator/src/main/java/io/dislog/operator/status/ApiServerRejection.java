package io.dislog.operator.status;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says what the API server did not take, for people: which object, which field of it, what is wrong
 * with that, and which member of the resource makes it. Stateless.
 */
final class ApiServerRejection {

  private static final int FIELDS = 3;
  private static final int UNPROCESSABLE = 422;
  private static final int BAD_REQUEST = 400;
  private static final String UNKNOWN = "what it was asked for";

  /** A field of an object, as it is named in an answer that has no list of fields. */
  private static final Pattern FIELD = Pattern.compile("\\.(spec|data|metadata)\\b[^ ,]*");

  /** The members of the resource by parts of the fields that are made of them; the first counts. */
  private static final List<Map.Entry<Pattern, String>> MEMBERS =
      List.of(
          member("^spec\\.template\\.(metadata\\.)?annotations", "spec.pod.annotations"),
          member("^spec\\.template\\.(metadata\\.)?labels", "spec.pod.labels"),
          member("nodeSelector", "spec.pod.nodeSelector"),
          member("tolerations", "spec.pod.tolerations"),
          member("topologySpreadConstraints", "spec.pod.topologySpreadConstraints"),
          member("[aA]ffinity", "spec.pod.affinity"),
          member("priorityClassName", "spec.pod.priorityClassName"),
          member("imagePullSecrets", "spec.pod.imagePullSecrets"),
          member("serviceAccountName", "spec.pod.serviceAccountName"),
          member("containers.*\\.image$", "spec.image"),
          member("containers.*\\.resources", "spec.resources"),
          member("storageClassName", "spec.storage.storageClassName"),
          member("volumeClaimTemplates|resources\\.requests", "spec.storage.size"),
          member("^data", "spec.config"));

  private ApiServerRejection() {}

  static String told(KubernetesClientException refused) {
    Status status = refused.getStatus();
    if (status == null || refused.getCode() == 0) {
      return "the API server does not answer: the operator tries again";
    }
    StatusDetails details = status.getDetails();
    List<StatusCause> causes = details == null ? List.of() : details.getCauses();
    boolean isContent = refused.getCode() == UNPROCESSABLE || refused.getCode() == BAD_REQUEST;
    if (isContent && causes.stream().anyMatch(cause -> cause.getField() != null)) {
      String fields =
          causes.stream()
              .filter(cause -> cause.getField() != null)
              .limit(FIELDS)
              .map(ApiServerRejection::field)
              .distinct()
              .collect(Collectors.joining(", and "));
      return "the API server refuses %s: %s".formatted(object(refused, details), fields);
    }
    String message = line(Objects.requireNonNullElse(status.getMessage(), "it does not say why"));
    Matcher found = FIELD.matcher(message);
    String made = found.find() ? made(found.group().substring(1)) : "";
    return "the API server answers %d%s: %s%s"
        .formatted(refused.getCode(), of(object(refused, details), message), message, made);
  }

  private static String field(StatusCause cause) {
    return "%s: %s%s"
        .formatted(
            cause.getField(),
            line(Objects.requireNonNullElse(cause.getMessage(), "is wrong")),
            made(cause.getField()));
  }

  private static String made(String field) {
    return MEMBERS.stream()
        .filter(member -> member.getKey().matcher(field).find())
        .findFirst()
        .map(member -> " (%s makes it: change it there)".formatted(member.getValue()))
        .orElse("");
  }

  private static String object(KubernetesClientException refused, @Nullable StatusDetails details) {
    if (details != null && details.getKind() != null && details.getName() != null) {
      return details.getKind() + " " + details.getName();
    }
    return Optional.ofNullable(refused.getFullResourceName()).orElse(UNKNOWN);
  }

  /** The object, unless the message names it or nobody knows it. */
  private static String of(String object, String message) {
    String name = object.substring(object.indexOf(' ') + 1);
    return object.equals(UNKNOWN) || message.contains(name) ? "" : " for " + object;
  }

  private static String line(String message) {
    return message.lines().map(String::strip).collect(Collectors.joining(" "));
  }

  private static Map.Entry<Pattern, String> member(String field, String member) {
    return Map.entry(Pattern.compile(field), member);
  }
}

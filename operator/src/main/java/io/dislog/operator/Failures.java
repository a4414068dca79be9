package io.dislog.operator;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.AggregatedOperatorException;
import java.util.stream.Collectors;

/** Says what went wrong, for people. Stateless. */
final class Failures {

  private Failures() {}

  static String told(Throwable failure) {
    if (failure instanceof AggregatedOperatorException many) {
      return many.getAggregatedExceptions().values().stream()
          .map(Failures::told)
          .distinct()
          .sorted()
          .collect(Collectors.joining("; "));
    }
    if (failure instanceof KubernetesClientException refused && refused.getStatus() != null) {
      return "the API server answers %d: %s"
          .formatted(refused.getCode(), refused.getStatus().getMessage());
    }
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.toString() : message;
  }
}

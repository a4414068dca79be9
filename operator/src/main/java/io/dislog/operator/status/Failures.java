package io.dislog.operator.status;

import io.dislog.operator.objects.NameTakenException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.AggregatedOperatorException;
import io.javaoperatorsdk.operator.OperatorException;
import java.net.HttpURLConnection;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what went wrong, for people: a sentence each, without a library's words. Stateless. */
public final class Failures {

  private static final String TERMINATING = "NamespaceTerminating";

  /** Before this many characters a library's own message says what it is about. */
  private static final int LINE_CHARACTERS = 500;

  private Failures() {}

  static String told(Throwable failure) {
    return told(List.of(failure));
  }

  /** All of them, each once. */
  static String told(Collection<? extends Throwable> failures) {
    return failures.stream()
        .flatMap(Failures::single)
        .map(Failures::sentence)
        .distinct()
        .sorted()
        .collect(Collectors.joining("; "));
  }

  /** Whether nothing but the end of the namespace is in the way. */
  static boolean isOfTerminatingNamespace(Throwable failure) {
    return single(failure).allMatch(one -> refusal(one).map(Failures::isTerminating).orElse(false));
  }

  /** Whether some of it is no answer of the API server's: a fault of the operator's own. */
  static boolean isFault(Throwable failure) {
    return single(failure)
        .anyMatch(one -> !(one instanceof NameTakenException) && refusal(one).isEmpty());
  }

  /** Whether the resource itself is gone, which nobody has to hear of. */
  public static boolean isGone(Throwable failure) {
    return refusal(failure)
        .filter(refused -> refused.getCode() == HttpURLConnection.HTTP_NOT_FOUND)
        .map(KubernetesClientException::getFullResourceName)
        .map(name -> name.startsWith("dislogclusters"))
        .orElse(false);
  }

  /**
   * The failures that one is made of, however it was wrapped: what is done side by side fails side
   * by side.
   */
  private static Stream<Throwable> single(Throwable failure) {
    return switch (failure) {
      case Unapplied unapplied -> unapplied.failures().stream().flatMap(Failures::single);
      case AggregatedOperatorException many when !many.getAggregatedExceptions().isEmpty() ->
          many.getAggregatedExceptions().values().stream().flatMap(Failures::single);
      case OperatorException wrapper when wrapper.getCause() != null -> single(wrapper.getCause());
      default -> Stream.of(failure);
    };
  }

  private static String sentence(Throwable failure) {
    if (failure instanceof NameTakenException taken) {
      return String.valueOf(taken.getMessage());
    }
    Optional<KubernetesClientException> refused = refusal(failure);
    if (refused.isPresent()) {
      return ApiServerRejection.told(refused.get());
    }
    String message = Objects.requireNonNullElse(failure.getMessage(), "").strip();
    String line = message.lines().findFirst().orElse("");
    return line.isEmpty() || isForeign(line)
        ? "the operator failed to go on, and tries again; its log says more"
        : line.substring(0, Math.min(line.length(), LINE_CHARACTERS));
  }

  private static boolean isForeign(String line) {
    return line.matches(".*\\b(java|io|com|org)\\.[a-z0-9]+\\.[\\w.$]+.*");
  }

  /** What the API server, or the way there, said; however often it was wrapped since. */
  private static Optional<KubernetesClientException> refusal(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 8; depth++) {
      if (cause instanceof KubernetesClientException refused) {
        return Optional.of(refused);
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private static boolean isTerminating(KubernetesClientException refused) {
    return refused.getStatus() != null
        && refused.getStatus().getDetails() != null
        && refused.getStatus().getDetails().getCauses().stream()
            .anyMatch(cause -> TERMINATING.equals(cause.getReason()));
  }
}

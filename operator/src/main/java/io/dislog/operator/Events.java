package io.dislog.operator;

import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterStatus;
import io.dislog.operator.node.SettingsOutcome;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Tells people, by events of the resource, what became different. Since that follows from its
 * status before and after, an operator that starts repeats nothing. Used by many threads at once.
 */
final class Events {

  private static final Logger LOG = Logger.getLogger(Events.class);

  /** What is wrong where it is true; the others where they are false. */
  private static final Set<String> BAD =
      Set.of(Conditions.STORAGE_PRESSURE, Conditions.RECONCILE_ERROR);

  private static final String COMPONENT = "dislog-operator";

  /** What the API server takes. */
  private static final int MESSAGE_CHARACTERS = 1_000;

  private final String instance;

  /**
   * @param instance that is telling: the operator's pod
   */
  Events(String instance) {
    this.instance = instance;
  }

  /** What is to be told. */
  record Tale(boolean isWarning, String reason, String note) {}

  /** What a change of the status is worth telling. */
  static List<Tale> tales(DislogClusterStatus before, DislogClusterStatus after) {
    List<Condition> were = Objects.requireNonNullElse(before.conditions(), List.of());
    List<Tale> tales = new ArrayList<>();
    for (Condition now : Objects.requireNonNullElse(after.conditions(), List.<Condition>of())) {
      if (isNews(Conditions.find(were, now.getType()), now)) {
        tales.add(new Tale(isWarning(now), now.getReason(), now.getMessage()));
      }
    }
    return tales;
  }

  /** What is worth telling of what was done within the service. */
  static List<Tale> tales(Care care) {
    return care.settings().map(SettingsOutcome::changed).orElse(List.of()).stream()
        .map(change -> new Tale(false, "SettingsChanged", change))
        .toList();
  }

  private static boolean isNews(Optional<Condition> before, Condition now) {
    boolean isProgress = now.getType().equals(Conditions.PROGRESSING);
    if (before.isEmpty()) {
      // That all is well from the start is no news, nor that nothing is ready yet.
      return isTrue(now) && (isProgress || isWarning(now));
    }
    Condition was = before.get();
    return !was.getStatus().equals(now.getStatus())
        || !was.getReason().equals(now.getReason())
        || (isProgress && !step(was).equals(step(now)));
  }

  private static boolean isWarning(Condition condition) {
    return !condition.getType().equals(Conditions.PROGRESSING)
        && BAD.contains(condition.getType()) == isTrue(condition);
  }

  private static boolean isTrue(Condition condition) {
    return "True".equals(condition.getStatus());
  }

  /** What is being done, without what it waits for, which changes all the time. */
  private static String step(Condition condition) {
    return condition.getMessage().split(";", 2)[0];
  }

  /**
   * Tells of a cluster. What can't be told is lost: nothing depends on it. In a namespace that is
   * being deleted nobody can be told anything.
   */
  void tell(DislogCluster cluster, List<Tale> tales, KubernetesClient client) {
    for (Tale tale : tales) {
      try {
        client.resource(event(cluster, tale)).create();
      } catch (KubernetesClientException e) {
        if (!Failures.isOfTerminatingNamespace(e) && e.getCode() != HTTP_NOT_FOUND) {
          LOG.warnf("the event \"%s\" is not recorded: %s", tale.note(), Failures.told(e));
        }
      }
    }
  }

  private HasMetadata event(DislogCluster cluster, Tale tale) {
    String name = cluster.getMetadata().getName();
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    return new EventBuilder()
        .withNewMetadata()
        .withGenerateName(name + ".")
        .withNamespace(cluster.getMetadata().getNamespace())
        .endMetadata()
        .withFirstTimestamp(now)
        .withLastTimestamp(now)
        .withCount(1)
        .withType(tale.isWarning() ? "Warning" : "Normal")
        .withReason(tale.reason())
        .withMessage(
            tale.note().length() <= MESSAGE_CHARACTERS
                ? tale.note()
                : tale.note().substring(0, MESSAGE_CHARACTERS))
        .withNewSource(COMPONENT, null)
        .withReportingComponent(COMPONENT)
        .withReportingInstance(instance)
        .withNewInvolvedObject()
        .withApiVersion(cluster.getApiVersion())
        .withKind(cluster.getKind())
        .withName(name)
        .withNamespace(cluster.getMetadata().getNamespace())
        .withUid(cluster.getMetadata().getUid())
        .endInvolvedObject()
        .build();
  }
}

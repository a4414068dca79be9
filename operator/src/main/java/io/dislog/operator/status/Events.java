package io.dislog.operator.status;

import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterStatus;
import io.dislog.operator.crd.FiniteLogStatus;
import io.dislog.operator.node.SettingsOutcome;
import io.dislog.operator.sync.SyncResult;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Tells people, by events of the resource, what became different. Since that follows from its
 * status before and after, an operator that starts repeats nothing. Used by many threads at once.
 */
public final class Events {

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
  public Events(String instance) {
    this.instance = instance;
  }

  /** What is to be told. */
  record ClusterEvent(boolean isWarning, String reason, String note) {}

  /** What a change of the status is worth telling. */
  public static List<ClusterEvent> of(DislogClusterStatus before, DislogClusterStatus after) {
    List<Condition> were = Objects.requireNonNullElse(before.conditions(), List.of());
    List<ClusterEvent> news = new ArrayList<>();
    List<Condition> are = Objects.requireNonNullElse(after.conditions(), List.of());
    for (Condition now : are) {
      if (isNews(Conditions.find(were, now.getType()), now)) {
        news.add(new ClusterEvent(isWarning(now), now.getReason(), now.getMessage()));
      }
    }
    if (ReadableTokens.areTold(are) && !ReadableTokens.areTold(were)) {
      news.add(new ClusterEvent(true, ReadableTokens.REASON, ReadableTokens.MESSAGE));
    }
    news.addAll(expired(before, after));
    return news;
  }

  private static List<ClusterEvent> expired(DislogClusterStatus before, DislogClusterStatus after) {
    Set<String> were = expired(before).collect(Collectors.toSet());
    return expired(after).filter(log -> !were.contains(log)).map(Events::expired).toList();
  }

  private static ClusterEvent expired(String log) {
    return new ClusterEvent(
        false,
        "LogExpired",
        "log %s has expired: it is created again only if it is removed from spec.logs and added again"
            .formatted(log));
  }

  private static Stream<String> expired(DislogClusterStatus status) {
    return Objects.requireNonNullElse(status.finiteLogs(), List.<FiniteLogStatus>of()).stream()
        .filter(FiniteLogStatus::expired)
        .map(FiniteLogStatus::name);
  }

  /** What is worth telling of what was done within the service. */
  public static List<ClusterEvent> of(SyncResult sync) {
    return sync.settings().map(SettingsOutcome::changed).orElse(List.of()).stream()
        .map(change -> new ClusterEvent(false, "SettingsChanged", change))
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
    if (Conditions.DAMAGED.equals(condition.getReason())) {
      return true;
    }
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
  public void record(DislogCluster cluster, List<ClusterEvent> news, KubernetesClient client) {
    for (ClusterEvent event : news) {
      try {
        client.resource(event(cluster, event)).create();
      } catch (KubernetesClientException e) {
        if (!Failures.isOfTerminatingNamespace(e) && e.getCode() != HTTP_NOT_FOUND) {
          LOG.warnf("the event \"%s\" is not recorded: %s", event.note(), Failures.told(e));
        }
      }
    }
  }

  private HasMetadata event(DislogCluster cluster, ClusterEvent event) {
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
        .withType(event.isWarning() ? "Warning" : "Normal")
        .withReason(event.reason())
        .withMessage(
            event.note().length() <= MESSAGE_CHARACTERS
                ? event.note()
                : event.note().substring(0, MESSAGE_CHARACTERS))
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

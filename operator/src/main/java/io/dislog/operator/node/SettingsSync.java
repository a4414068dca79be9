package io.dislog.operator.node;

import static java.net.HttpURLConnection.HTTP_BAD_REQUEST;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dislog.api.LogDescription;
import io.dislog.api.NodeReport;
import io.dislog.api.Setting;
import io.dislog.api.Span;
import io.dislog.operator.crd.DislogClusterSpec;
import io.dislog.operator.crd.LogSpec;
import io.dislog.operator.crd.RetentionSpec;
import io.dislog.operator.node.SettingsOutcome.Failure;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings what a resource says of segments, retention and logs to the running service. Nothing is
 * written where nothing differs, no log is ever deleted, and what a log has that no resource can
 * say is left alone. For one thread.
 *
 * <p>A log that has expired is not created again, and one that was created otherwise than the
 * resource says stays as it is: what can be changed of it is, and the rest is said.
 *
 * <p>The order keeps records that the resource wants to keep: retention may run at any moment, and
 * what it took is gone.
 *
 * <ol>
 *   <li>Logs get what the resource says of them, so that no change of the defaults reaches them.
 *   <li>The defaults change; not those settings that some log was to get before, and did not.
 *   <li>Logs give back to the defaults, which are by now what the resource says, what it no longer
 *       says of them.
 * </ol>
 */
public final class SettingsSync {

  /** The service's own, where nothing is configured. */
  private static final String INTERVAL = "30s";

  private final Settings defaults;
  private final List<LogSpec> logs;
  private final String interval;
  private final FiniteLogs finite;
  private final List<String> changed = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private final Set<Setting> held = EnumSet.noneOf(Setting.class);
  private final List<Given> later = new ArrayList<>();

  private SettingsSync(DislogClusterSpec spec, FiniteLogs finite) {
    this.finite = finite;
    RetentionSpec retention = spec.retention();
    defaults = Settings.by(spec.segment(), retention);
    logs = Objects.requireNonNullElse(spec.logs(), List.of());
    String wanted = retention == null ? null : retention.interval();
    interval = wanted == null ? INTERVAL : wanted;
  }

  /**
   * Brings what a resource says to the service.
   *
   * @param finite logs, of which this notes what becomes of them
   * @param nodes that are ready; the first one that answers is asked for what all nodes share, and
   *     each for what is its own
   */
  public static SettingsOutcome bring(
      DislogClusterSpec spec, FiniteLogs finite, List<NodeClient> nodes) {
    SettingsSync settings = new SettingsSync(spec, finite);
    settings.bringShared(nodes);
    nodes.forEach(settings::bringInterval);
    return new SettingsOutcome(settings.changed, settings.failures);
  }

  private void bringShared(List<NodeClient> nodes) {
    Failure failure = new Failure("the defaults", "no node is ready", true);
    for (NodeClient node : nodes) {
      try {
        JsonNode patched = node.patchedDefaults();
        bringShared(Settings.by(patched), node);
        return;
      } catch (NodeException e) {
        failure = new Failure("the defaults", e.why(), e.isRetryable());
      }
    }
    failures.add(failure);
  }

  private void bringShared(Settings patched, NodeClient node) {
    for (LogSpec log : logs) {
      bringLog(log, node);
    }
    if (bringDefaults(Change.between(patched, defaults), node)) {
      for (Given given : later) {
        patchLog(given.log(), given.back().without(held), node);
      }
    }
  }

  private void bringLog(LogSpec log, NodeClient node) {
    Settings wanted = Settings.by(log);
    try {
      Optional<LogDescription> there = node.ownOf(log.name());
      if (there.isPresent()) {
        JsonNode config = there.get().config();
        compare(log, LogTraits.by(config));
        bringLog(log, Change.between(Settings.by(config), wanted), node);
      } else if (finite.isOver(log)) {
        finite.hasExpired(log);
      } else {
        createLog(log, wanted, node);
      }
    } catch (NodeException e) {
      fail(what(log), e);
      held.addAll(wanted.values().keySet());
    }
  }

  private void bringLog(LogSpec log, Change change, NodeClient node) {
    if (!patchLog(log, change.sets(), node)) {
      held.addAll(change.sets().values().keySet());
    }
    later.add(new Given(log, change.resets()));
  }

  /** What a log has from when it was created stays as it is: that is said, and no more. */
  private void compare(LogSpec log, LogTraits has) {
    Optional<String> difference = has.difference(LogTraits.by(log));
    if (difference.isEmpty()) {
      finite.exists(log);
      return;
    }
    finite.isAnother(log);
    String why =
        "it was created with %s, which can't be changed: put that into spec.logs, or delete the log with its records, and the operator creates it as spec.logs says"
            .formatted(difference.get());
    failures.add(new Failure(what(log), why, false));
  }

  /** A log that is not there has nothing to lose: no default waits for it. */
  private void createLog(LogSpec log, Settings wanted, NodeClient node) {
    ObjectNode config = wanted.json();
    LogTraits.by(log).putInto(config);
    try {
      node.createLog(log.name(), config);
      finite.exists(log);
      changed.add(what(log) + " is created");
    } catch (NodeException e) {
      if (isOver(log, e)) {
        finite.hasExpired(log);
      } else {
        fail(what(log), e);
      }
    }
  }

  /** The node's clock decides, and may be ahead. */
  private boolean isOver(LogSpec log, NodeException failure) {
    return failure instanceof NodeException.Refused refused
        && refused.problem().status() == HTTP_BAD_REQUEST
        && finite.isNearlyOver(log);
  }

  private boolean bringDefaults(Change change, NodeClient node) {
    Change now = change.without(held);
    Change waiting = change.without(now.values().keySet());
    if (!waiting.isEmpty()) {
      failures.add(
          new Failure(
              "the defaults",
              waiting.paths() + " waits until the logs named here have theirs",
              true));
    }
    if (now.isEmpty()) {
      return true;
    }
    try {
      node.patchDefaults(now.json());
      changed.add("the defaults: " + now);
      return true;
    } catch (NodeException e) {
      fail("the defaults", e);
      return false;
    }
  }

  private boolean patchLog(LogSpec log, Change change, NodeClient node) {
    if (change.isEmpty()) {
      return true;
    }
    try {
      node.patchLog(log.name(), change.json());
      changed.add("%s: %s".formatted(what(log), change));
      return true;
    } catch (NodeException e) {
      fail(what(log), e);
      return false;
    }
  }

  /** How often retention runs is each node's own, and what it was told is forgotten at its end. */
  private void bringInterval(NodeClient node) {
    try {
      NodeReport.Retention retention = node.report().retention();
      String has = retention == null ? null : retention.interval();
      if (!isInterval(has)) {
        node.retainEvery(interval);
        changed.add("node %s: retention.interval is %s".formatted(node.id(), interval));
      }
    } catch (NodeException e) {
      fail("node " + node.id(), e);
    }
  }

  private boolean isInterval(@Nullable String has) {
    return has != null && Span.parse(has).equals(Span.parse(interval));
  }

  private void fail(String what, NodeException e) {
    failures.add(new Failure(what, e.why(), e.isRetryable()));
  }

  private static String what(LogSpec log) {
    return "log " + log.name();
  }

  /** What a log is to give back to the defaults. */
  private record Given(LogSpec log, Change back) {}
}

package io.dislog.http.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.api.ClusterView;
import io.dislog.api.NodeReport;
import io.dislog.api.Span;
import io.dislog.commit.LogMaintenance;
import io.dislog.commit.Node;
import io.dislog.http.config.Limits;
import io.dislog.http.exchange.Json;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.Text;
import io.dislog.http.notation.Time;
import io.dislog.http.server.CommitMeters;
import io.dislog.http.server.Service;
import io.dislog.http.server.StorageStatus;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Describes this node, and changes the settings that belong to it alone. */
@Singleton
public final class NodeInfo {

  private final String version;
  private final Membership membership;
  private final Service service;
  private final Limits limits;
  private final CommitMeters meters;

  @Inject
  NodeInfo(
      @ConfigProperty(name = "quarkus.application.version") String version,
      Membership membership,
      Service service,
      Limits limits,
      CommitMeters meters) {
    this.version = version;
    this.membership = membership;
    this.service = service;
    this.limits = limits;
    this.meters = meters;
  }

  /** How this node is. */
  public NodeReport own() {
    Node.Health health = membership.health();
    return new NodeReport(
        membership.self(),
        membership.address(),
        health.ready(),
        membership.formed(),
        health.why(),
        version,
        StorageStatus.of(service.node().storage()),
        retention(service.node().maintenance()));
  }

  /** Another node. Whoever asks for a node's own word is not told by a third what it has formed. */
  public static NodeReport of(ClusterView.Member node) {
    return new NodeReport(
        node.id(),
        node.address(),
        node.ready(),
        true,
        node.why(),
        node.version(),
        node.storage(),
        null);
  }

  /**
   * Changes how this node is, until it ends.
   *
   * @param patch a merge patch of what {@link #own} says
   */
  public void change(ByteBuffer patch) {
    JsonNode node = Json.object(patch, ProblemType.BAD_REQUEST);
    checkOnly("retention", node, "");
    JsonNode retention = node.path("retention");
    if (!retention.isMissingNode() && !retention.isObject()) {
      throw ProblemException.badRequest("'retention' is not an object");
    }
    checkOnly("interval", retention, "retention.");
    if (retention.has("interval")) {
      service.node().maintenance().retainEvery(interval(retention.path("interval")));
    }
  }

  private static void checkOnly(String member, JsonNode object, String path) {
    for (Map.Entry<String, JsonNode> there : object.properties()) {
      if (!there.getKey().equals(member)) {
        throw ProblemException.badRequest(
            "of a node 'retention.interval' alone can be changed, not '%s'"
                .formatted(Text.safe(path + there.getKey())));
      }
    }
  }

  private Duration interval(JsonNode wanted) {
    if (wanted.isNull()) {
      return limits.retentionInterval();
    }
    OptionalLong millis =
        wanted.isTextual() ? Span.parse(wanted.textValue()) : OptionalLong.empty();
    if (millis.isEmpty() || !Limits.isRetentionInterval(millis.getAsLong())) {
      throw ProblemException.badRequest(
          "'retention.interval' is not a duration from 1s to 365d: "
              + Text.safe(wanted.toString()));
    }
    return Duration.ofMillis(millis.getAsLong());
  }

  private NodeReport.Retention retention(LogMaintenance maintenance) {
    Instant last = maintenance.lastRetention();
    return new NodeReport.Retention(
        Span.print(maintenance.retentionInterval().toMillis()),
        last == null ? null : Time.print(last.toEpochMilli()),
        meters.deletedSegments(),
        meters.reclaimedBytes());
  }
}

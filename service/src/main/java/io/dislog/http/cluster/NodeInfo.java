package io.dislog.http.cluster;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.commit.LogMaintenance;
import io.dislog.http.config.Limits;
import io.dislog.http.exchange.Json;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.Span;
import io.dislog.http.notation.Text;
import io.dislog.http.notation.Time;
import io.dislog.http.server.CommitMeters;
import io.dislog.http.server.Service;
import io.dislog.http.server.StorageStatus;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
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

  public void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    ClusterJson.members(membership.self(), membership.address(), membership.health(), json);
    json.writeBooleanField("formed", membership.formed());
    json.writeStringField("version", version);
    StorageStatus.of(service.node().storage()).write(json);
    retention(service.node().maintenance(), json);
    json.writeEndObject();
  }

  /**
   * Changes how this node is, until it ends.
   *
   * @param patch a merge patch of what {@link #write} writes
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

  private void retention(LogMaintenance maintenance, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("retention");
    json.writeStringField("interval", Span.print(maintenance.retentionInterval().toMillis()));
    Instant last = maintenance.lastRetention();
    if (last != null) {
      json.writeStringField("lastRun", Time.print(last.toEpochMilli()));
    }
    json.writeNumberField("deletedSegments", meters.deletedSegments());
    json.writeNumberField("reclaimedBytes", meters.reclaimedBytes());
    json.writeEndObject();
  }
}

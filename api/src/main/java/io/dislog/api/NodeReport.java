package io.dislog.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a node says of itself.
 *
 * @param id its name, in Kubernetes its pod's
 * @param address of its API, as {@code host:port}
 * @param ready whether it serves reads and takes any request; a full disk does not matter
 * @param formed whether it has ever agreed on anything with others; a member that has not has lost
 *     its volume
 * @param why it is not ready, or what else is wrong, in the service's words; empty where all is
 *     well, and absent then
 * @param version of the service
 * @param storage its volume
 * @param retention what retention did here
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"id", "address", "ready", "why", "formed", "version", "storage", "retention"})
public record NodeReport(
    String id,
    String address,
    boolean ready,
    boolean formed,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String why,
    @Nullable String version,
    @Nullable Storage storage,
    @Nullable Retention retention) {

  public NodeReport {
    why = Objects.requireNonNullElse(why, "");
  }

  /**
   * How full its volume is.
   *
   * @param capacityBytes that it can hold
   * @param usedBytes that can't be used any more
   * @param reserveBytes that appends leave free
   * @param state how it is; null where an earlier version says nothing of it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Storage(
      long capacityBytes, long usedBytes, long reserveBytes, @Nullable StorageState state) {

    /** Of a version that tells no state. */
    public Storage(long capacityBytes, long usedBytes) {
      this(capacityBytes, usedBytes, 0, null);
    }
  }

  /**
   * Retention since the node's process started; each node counts what it deleted of its own
   * replicas.
   *
   * @param interval between two runs, as a duration
   * @param lastRun when it ran, as RFC 3339 in UTC, or null where it did not yet
   * @param deletedSegments of this node's replicas
   * @param reclaimedBytes by that, on this node
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Retention(
      @Nullable String interval,
      @Nullable String lastRun,
      long deletedSegments,
      long reclaimedBytes) {}
}

package io.dislog.operator.node;

import io.dislog.api.ByteSize;
import io.dislog.api.NodeReport;
import io.dislog.api.StorageState;
import io.dislog.operator.crd.StorageStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * How full a node's volume is.
 *
 * @param node whose volume it is
 * @param pressed whether the node says that it is nearly full, or about to be
 */
public record Volume(String node, StorageStatus storage, boolean pressed) {

  private static final int PRESSURE_PERCENT = 90;

  /** Of a node that does not say. */
  public Volume(String node, StorageStatus storage) {
    this(node, storage, false);
  }

  /** The volume that is full first; empty where no node says how full its own is. */
  public static Optional<Volume> fullest(Collection<NodeReport> reports) {
    return reports.stream()
        .flatMap(report ->
            Optional.ofNullable(report.storage()).stream().map(storage -> of(report.id(), storage)))
        .max(Comparator.comparing(Volume::isUnderPressure).thenComparingDouble(Volume::share));
  }

  private static Volume of(String node, NodeReport.Storage said) {
    return new Volume(
        node,
        new StorageStatus(said.capacityBytes(), said.usedBytes()),
        said.state() != null && said.state() != StorageState.OK);
  }

  /** How much of it is used, in percent, rounded down. */
  public int percent() {
    return (int) (share() * 100);
  }

  /** Whether somebody should do something before it is full. */
  public boolean isUnderPressure() {
    return pressed || percent() >= PRESSURE_PERCENT;
  }

  private double share() {
    return storage.capacityBytes() == 0
        ? 0
        : (double) storage.usedBytes() / storage.capacityBytes();
  }

  /** What a resource's status says of it: with how much is used in words for people, too. */
  public StorageStatus told() {
    return new StorageStatus(
        storage.capacityBytes(), storage.usedBytes(), ByteSize.readable(storage.usedBytes()));
  }

  /** For people. */
  @Override
  public String toString() {
    return "the volume of node %s is %d %% full (%s of %s)%s"
        .formatted(
            node,
            percent(),
            ByteSize.readable(storage.usedBytes()),
            ByteSize.readable(storage.capacityBytes()),
            pressed && percent() < PRESSURE_PERCENT ? ", and fills up within seconds" : "");
  }
}

package io.dislog.operator.node;

import io.dislog.operator.crd.StorageStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * How full a node's volume is.
 *
 * @param node whose volume it is
 */
public record Volume(String node, StorageStatus storage) {

  private static final int PRESSURE_PERCENT = 90;

  /** The volume that is full first; empty where no node says how full its own is. */
  public static Optional<Volume> fullest(Collection<NodeReport> reports) {
    return reports.stream()
        .flatMap(report ->
            Optional.ofNullable(report.storage()).stream()
                .map(storage -> new Volume(report.id(), storage)))
        .max(Comparator.comparingDouble(Volume::share));
  }

  /** How much of it is used, in percent, rounded down. */
  public int percent() {
    return (int) (share() * 100);
  }

  /** Whether somebody should do something before it is full. */
  public boolean isUnderPressure() {
    return percent() >= PRESSURE_PERCENT;
  }

  private double share() {
    return storage.capacityBytes() == 0
        ? 0
        : (double) storage.usedBytes() / storage.capacityBytes();
  }

  /** What a resource's status says of it: with how much is used in words for people, too. */
  public StorageStatus told() {
    return new StorageStatus(
        storage.capacityBytes(), storage.usedBytes(), Amount.readable(storage.usedBytes()));
  }

  /** For people. */
  @Override
  public String toString() {
    return "the volume of node %s is %d %% full (%s of %s)"
        .formatted(
            node,
            percent(),
            Amount.readable(storage.usedBytes()),
            Amount.readable(storage.capacityBytes()));
  }
}

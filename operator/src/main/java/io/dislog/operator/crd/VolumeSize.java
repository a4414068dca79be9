package io.dislog.operator.crd;

/**
 * What the API server lets pass as the size of a volume: a quantity of Kubernetes in whatever
 * writing, compared by value.
 *
 * <p>What is less than the least is taken by Kubernetes and does not work: XFS makes no file system
 * below 16Mi and keeps a third of that; eight shards start on 16Mi and refuse appends after 3Mi,
 * and on 32Mi after some 17Mi, since retention takes nothing of their raft logs.
 */
final class VolumeSize {

  static final String LEAST = "64Mi";

  private static final String MOST = "1Ei";

  /** CEL: whether a value is a quantity. */
  static final String IS_QUANTITY = "isQuantity(string(self))";

  static final String QUANTITY_MESSAGE =
      "must be a quantity of Kubernetes: a number, alone or with a suffix such as 500M, 10Gi or"
          + " '1e9', which takes quotes";

  /** CEL: whether nodes can work with it; true of what is no quantity, which is said already. */
  static final String IS_ENOUGH =
      "!isQuantity(string(self)) || (quantity(string(self)).compareTo(quantity('"
          + LEAST
          + "')) >= 0 && quantity(string(self)).compareTo(quantity('"
          + MOST
          + "')) <= 0)";

  static final String ENOUGH_MESSAGE =
      "storage.size must be between "
          + LEAST
          + ", the least that a node can work with, and "
          + MOST
          + ": use 1Gi or more for anything but a trial";

  /** CEL, of the whole spec: whether a new cluster's volumes hold what its shards keep. */
  static final String IS_ENOUGH_PER_SHARD =
      "oldSelf.hasValue() || !has(self.shards) || !isQuantity(string(self.storage.size)) ||"
          + " quantity(string(self.storage.size)).asApproximateFloat() >= double(self.shards) *"
          + " 8388608.0";

  static final String PER_SHARD_MESSAGE =
      "storage.size must be at least 8Mi for each shard, which each keeps for its raft log: make"
          + " the volume larger or shards fewer";

  /** CEL: whether it is no less than it was. */
  static final String IS_NO_LESS =
      "!isQuantity(string(self)) || !isQuantity(string(oldSelf)) ||"
          + " quantity(string(self)).compareTo(quantity(string(oldSelf))) >= 0";

  static final String NO_LESS_MESSAGE =
      "storage.size can't shrink: no volume gets smaller. Keep the size, and limit what is kept by"
          + " spec.retention";

  private VolumeSize() {}
}

package io.dislog.http.server;

import io.dislog.api.NodeReport;
import io.dislog.api.StorageState;
import io.dislog.commit.StorageWatch;
import io.dislog.shard.Storage;

/** How full a node's volume is, as it says so. */
public final class StorageStatus {

  private StorageStatus() {}

  /** The volume as it is now. */
  public static NodeReport.Storage of(StorageWatch watch) {
    Storage storage = watch.storage();
    return new NodeReport.Storage(
        storage.capacityBytes(), storage.usedBytes(), storage.reserveBytes(), state(watch.state()));
  }

  /** A state as clients have it. */
  public static StorageState state(StorageWatch.State state) {
    return switch (state) {
      case OK -> StorageState.OK;
      case PRESSURE -> StorageState.PRESSURE;
      case FULL -> StorageState.FULL;
    };
  }
}

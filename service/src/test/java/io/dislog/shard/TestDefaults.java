package io.dislog.shard;

import io.dislog.api.Setting;
import io.dislog.command.LogSettings;
import java.util.Map;

/** The defaults of logs in tests: segments so small that they roll, and no limits. */
public final class TestDefaults {

  public static final LogSettings DEFAULTS =
      new LogSettings(
          Map.of(
              Setting.SEGMENT_MAX_BYTES, 4096L,
              Setting.RETENTION_DELETE_PROCESSED, 0L,
              Setting.RETENTION_DELETE_ARCHIVED, 0L,
              Setting.RETENTION_HOLD_UNPROCESSED, 0L,
              Setting.RETENTION_HOLD_UNARCHIVED, 0L,
              Setting.DURABILITY, 0L,
              Setting.MAX_RECORD_BYTES, 1L << 20));

  private TestDefaults() {}
}

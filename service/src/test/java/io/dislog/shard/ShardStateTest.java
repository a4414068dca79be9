package io.dislog.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.api.Setting;
import io.dislog.command.LogSettings;
import io.dislog.disk.FaultyDisk;
import io.dislog.state.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a shard keeps beside its logs. */
final class ShardStateTest {

  private static final Path FOLDER = Path.of("/defaults");

  @Test
  void whatIsDoneAgainBeginsWithTheDefaultsOfTheCheckpoint() throws IOException {
    FaultyDisk disk = new FaultyDisk(1);
    disk.createFolders(FOLDER);
    ShardState.create(disk, FOLDER);
    try (ShardState state = open(disk)) {
      state.change(patch(1));
      LogSettings then = state.patched();
      state.change(patch(2)); // While files were forced for the checkpoint before it.

      state.writeCheckpoint(new Checkpoint(3, 40), then, Set.of());

      assertThat(state.patched()).isEqualTo(patch(2));
    }

    try (ShardState again = open(disk)) {
      assertThat(again.checkpoint()).isEqualTo(new Checkpoint(3, 40));
      assertThat(again.patched()).isEqualTo(patch(1));
    }
  }

  @Test
  void aCheckpointKeepsTheDefaultsBeforeIt() throws IOException {
    FaultyDisk disk = new FaultyDisk(1);
    disk.createFolders(FOLDER);
    ShardState.create(disk, FOLDER);
    try (ShardState state = open(disk)) {
      state.change(patch(1));
      state.writeCheckpoint(new Checkpoint(3, 40), state.patched(), Set.of());
      state.change(patch(2));
    }

    try (ShardState again = open(disk)) {
      assertThat(again.patched()).isEqualTo(patch(1));
    }
  }

  private static LogSettings patch(long value) {
    return new LogSettings(Map.of(Setting.SEGMENT_MAX_BYTES, 4096 + value));
  }

  private static ShardState open(FaultyDisk disk) throws IOException {
    return new ShardState(disk, FOLDER, TestDefaults.DEFAULTS, true);
  }
}

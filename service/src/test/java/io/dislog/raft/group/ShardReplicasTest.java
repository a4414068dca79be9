package io.dislog.raft.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.command.LogSettings;
import io.dislog.commit.CommitListener;
import io.dislog.commit.Node;
import io.dislog.disk.LocalDisk;
import io.dislog.kit.Await;
import io.dislog.raft.base.AgreedClock;
import io.dislog.raft.base.EntryVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShardReplicasTest {

  @TempDir Path directory;

  @Test
  void whatWasBeingDiscardedWhenTheProcessEndedGoesAtTheNextStart() throws IOException {
    Path left = Files.createDirectories(directory.resolve("trash/shard-3-1f/logs/orders"));
    Files.writeString(left.resolve("00000000000000000000.store"), "records");
    Node.Setup setup = new Node.Setup(directory, LogSettings.NONE, 0, Duration.ofHours(1));

    ShardReplicas replicas =
        new ShardReplicas(
            setup,
            8,
            new LocalDisk(),
            bytes -> {},
            AgreedClock.of("n0"),
            new EntryVersion("n0"),
            CommitListener.NONE);

    Await.until("it is gone", () -> !Files.exists(directory.resolve("trash/shard-3-1f")));
    replicas.close();
    assertThat(directory.resolve("trash")).isEmptyDirectory();
  }
}

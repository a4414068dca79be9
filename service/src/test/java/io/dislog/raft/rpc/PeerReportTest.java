package io.dislog.raft.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.command.Rejection;
import io.dislog.disk.FaultyDisk;
import io.dislog.raft.group.ClusterDiskPressure;
import io.dislog.raft.node.Laggards;
import io.dislog.shard.DiskReserve;
import io.dislog.shard.Storage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What nodes tell each other of themselves, and what follows from it. */
final class PeerReportTest {

  private static final Storage STORAGE = new Storage(1000, 100, 30);
  private static final Duration COUNTS = Duration.ofSeconds(3);

  @Test
  void whatIsToldIsUnderstood() {
    for (UUID id : new UUID[] {null, UUID.randomUUID()}) {
      PeerReport report = new PeerReport(STORAGE, id, List.of(7L, -1L));
      assertThat(PeerReport.decode(report.encode())).isEqualTo(report);
    }
  }

  @Test
  void anEarlierVersionTellsNothing() {
    assertThatThrownBy(() -> PeerReport.decode(ByteBuffer.allocate(8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Once more where it took as long as what a node said counts, for the machine was paused. */
  @Test
  void appendsEndWhereAnyVolumeHasNoRoom() {
    for (int tries = 1; ; tries++) {
      long begun = System.nanoTime();
      try {
        assertThatAppendsEnd();
        return;
      } catch (AssertionError | Rejection e) {
        if (tries == 5 || System.nanoTime() - begun < COUNTS.toNanos()) {
          throw e;
        }
      }
    }
  }

  private static void assertThatAppendsEnd() {
    FaultyDisk disk = new FaultyDisk(0);
    disk.setUsableBytes(10_000);
    ClusterDiskPressure clusterPressure =
        new ClusterDiskPressure(new DiskReserve(disk, Path.of("data"), 30));
    clusterPressure.accept(500);
    clusterPressure.hear("n2", STORAGE, clusterPressure.taken());
    clusterPressure.accept(70);
    assertThatThrownBy(() -> clusterPressure.accept(1))
        .isInstanceOf(Rejection.StorageReserved.class)
        .hasMessageContaining("node n2");
    clusterPressure.hear("n2", STORAGE, clusterPressure.taken());
    clusterPressure.accept(1);
    assertThat(clusterPressure.others()).containsExactly(STORAGE);
    assertThatThrownBy(() -> clusterPressure.accept(20_000))
        .isInstanceOf(Rejection.StorageReserved.class);
  }

  @Test
  void whoDoesNotShowWhatWasShownTenSecondsAgoIsTooFarBehind() {
    Laggards laggards = new Laggards();
    laggards.look(List.of(5L, 5L));
    assertThat(laggards.behind(List.of(4L, 5L))).as("it may just be applied").isEmpty();
    for (int second = 1; second < 10; second++) {
      laggards.look(List.of(50L, 50L));
    }
    assertThat(laggards.behind(List.of(4L, 5L))).containsExactly(0);
    laggards.look(List.of(50L, 50L));
    assertThat(laggards.behind(List.of(49L, 50L))).containsExactly(0);
    assertThat(laggards.behind(List.of(50L, 51L))).isEmpty();
  }
}

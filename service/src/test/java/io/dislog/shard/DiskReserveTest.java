package io.dislog.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.command.Rejection;
import io.dislog.disk.FaultyDisk;
import io.dislog.disk.WatchedDisk;
import io.dislog.kit.Await;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class DiskReserveTest {

  private static final int RESERVE = 30;

  private final FaultyDisk disk = new FaultyDisk(0);

  @Test
  void whatWasTakenSinceTheDiskWasAskedIsNotGivenTwice() {
    disk.setUsableBytes(100);
    DiskReserve reserve = new DiskReserve(disk, Path.of("data"), RESERVE);
    reserve.take(60);
    disk.setUsableBytes(40); // As it was written, and nobody has asked since.
    assertThatThrownBy(() -> reserve.take(60)).isInstanceOf(Rejection.StorageReserved.class);
  }

  @Test
  void theLessIsFreeTheHarderRoomIsMade() {
    assertThat(new Storage(1000, 200, RESERVE).isWatched()).isFalse();
    assertThat(new Storage(1000, 199, RESERVE).isWatched()).isTrue();
    assertThat(new Storage(1000, 100, RESERVE).isShort()).isFalse();
    assertThat(new Storage(1000, 99, RESERVE).shortBytes()).isEqualTo(1);
    assertThat(new Storage(1000, RESERVE + 1, RESERVE).isFull()).isFalse();
    assertThat(new Storage(1000, RESERVE, RESERVE).isFull()).isTrue();
    assertThat(new Storage(1000, 99, RESERVE).usedBytes()).isEqualTo(901);
  }

  @Test
  void aVolumeThatGrowsIsSeenToGrow() {
    WatchedDisk volume = new WatchedDisk();
    volume.free(100);
    volume.hold(1000);
    DiskReserve reserve = new DiskReserve(volume, Path.of("data"), RESERVE);
    assertThat(reserve.storage()).isEqualTo(new Storage(1000, 100, RESERVE));
    volume.hold(2000);
    volume.free(1100);
    Storage grown = new Storage(2000, 1100, RESERVE);
    Await.until(() -> "not " + reserve.storage(), () -> reserve.storage().equals(grown));
  }

  @Test
  void whatWasTakenAndFreedAgainIsGivenAgain() {
    disk.setUsableBytes(100);
    DiskReserve reserve = new DiskReserve(disk, Path.of("data"), RESERVE);
    reserve.take(60);
    reserve.take(60); // The disk is asked, and has room after all.
  }
}

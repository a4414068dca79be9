package io.dislog.shard;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.log.FaultyDisk;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class SpaceTest {

  private static final int RESERVE = 30;

  private final FaultyDisk disk = new FaultyDisk(0);

  @Test
  void whatWasTakenSinceTheDiskWasAskedIsNotGivenTwice() {
    disk.setUsableBytes(100);
    Space space = new Space(disk, Path.of("data"), RESERVE);
    space.take(60);
    disk.setUsableBytes(40); // As it was written, and nobody has asked since.
    assertThatThrownBy(() -> space.take(60)).isInstanceOf(Refusal.StorageReserved.class);
  }

  @Test
  void whatWasTakenAndFreedAgainIsGivenAgain() {
    disk.setUsableBytes(100);
    Space space = new Space(disk, Path.of("data"), RESERVE);
    space.take(60);
    space.take(60); // The disk is asked, and has room after all.
  }
}

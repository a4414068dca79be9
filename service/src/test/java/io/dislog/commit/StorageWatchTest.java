package io.dislog.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.commit.StorageWatch.State;
import io.dislog.disk.WatchedDisk;
import io.dislog.kit.Await;
import io.dislog.shard.DiskReserve;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How a volume is told to be: by what is free, and by how fast that goes. */
final class StorageWatchTest {

  private static final long RESERVE = 8;
  private static final long TOTAL = 1000;

  private final WatchedDisk disk = new WatchedDisk();
  private final AtomicLong now = new AtomicLong();
  private final StorageWatch watch;

  StorageWatchTest() {
    disk.hold(TOTAL);
    disk.free(TOTAL);
    watch = new StorageWatch(new DiskReserve(disk, Path.of("data"), RESERVE), now::get);
  }

  @Test
  void aTenthThatIsFreeIsEnough() {
    free(100);
    assertThat(watch.state()).isEqualTo(State.OK);
    free(99);
    assertThat(watch.state()).isEqualTo(State.PRESSURE);
    free(RESERVE);
    assertThat(watch.state()).isEqualTo(State.FULL);
    assertThat(watch.flaws()).singleElement().asString().startsWith("storage is full: 8 of 1000");
    free(500);
    assertThat(watch.state()).isEqualTo(State.OK);
    assertThat(watch.flaws()).isEmpty();
  }

  @Test
  void aVolumeThatIsFullInSecondsIsUnderPressureBeforeItIsNearlyFull() {
    look(TOTAL, 0);
    look(900, 1000);
    assertThat(watch.state()).as("100 bytes a second, full in 8.9 s").isEqualTo(State.PRESSURE);
    assertThat(watch.isFillingUp()).isTrue();
    look(900, 9000);
    assertThat(watch.state()).as("it may go on").isEqualTo(State.PRESSURE);
    look(900, 12_000);
    assertThat(watch.state()).as("it did not").isEqualTo(State.OK);
  }

  @Test
  void aVolumeThatFillsUpSlowlyIsNotUnderPressure() {
    look(TOTAL, 0);
    look(950, 1000);
    look(900, 2000);
    assertThat(watch.state()).isEqualTo(State.OK);
  }

  /** Looks at a moment at which so much is free. */
  private void look(long bytes, long millis) {
    now.set(TimeUnit.MILLISECONDS.toNanos(millis));
    free(bytes);
    watch.look();
  }

  /** What is free is asked for every 50 ms. */
  private void free(long bytes) {
    disk.free(bytes);
    Await.until("it is seen", () -> watch.storage().usableBytes() == bytes);
  }
}

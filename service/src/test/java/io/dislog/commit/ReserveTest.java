package io.dislog.commit;

import static io.dislog.commit.LocalLogs.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.api.Setting;
import io.dislog.command.Command.ApplyRetention;
import io.dislog.command.Command.MoveConsumer;
import io.dislog.command.Command.Seal;
import io.dislog.command.Command.Trim;
import io.dislog.command.Creation;
import io.dislog.command.OffsetSpec;
import io.dislog.command.Rejection;
import io.dislog.disk.WatchedDisk;
import io.dislog.shard.LogView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that has no more room than the reserve. */
final class ReserveTest {

  private static final long RESERVE = 1 << 20;

  @TempDir Path folder;
  private final WatchedDisk disk = new WatchedDisk();
  private LocalLogs logs;
  private LogView log;

  @BeforeEach
  void open() throws IOException {
    logs = LocalLogs.on(disk, folder, RESERVE);
    log = logs.create("a", Map.of());
    logs.append("a", "0", "1");
    var _ = logs.run("a", new Seal());
    logs.append("a", "2", "3");
  }

  @AfterEach
  void close() throws IOException {
    logs.close();
  }

  @Test
  void appendsAndNewLogsAreRefusedAndNothingIsWritten() throws IOException {
    fill();

    assertThat(logs.rejection("a", LocalLogs.batch("more")))
        .isInstanceOf(Rejection.StorageReserved.class)
        .hasMessageContaining("1048576");
    assertThatThrownBy(
            () -> LocalLogs.await(logs.commit().create("b", Creation.ANY).toCompletableFuture()))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(Rejection.StorageReserved.class);
    assertThat(readAll(log)).containsExactly("0", "1", "2", "3");
    assertThat(folder.resolve("logs/b")).doesNotExist();
    assertThat(log.failure()).isNull();
  }

  @Test
  void anAppendThatWouldReachIntoTheReserveIsRefusedAndASmallerOneIsTaken() {
    free(RESERVE + 100);

    assertThat(logs.rejection("a", LocalLogs.batch("x".repeat(101))))
        .isInstanceOf(Rejection.StorageReserved.class);
    assertThat(logs.append("a", "small").baseOffset()).isEqualTo(4);
  }

  @Test
  void consumersTrimsAndRetentionGoOn() throws IOException {
    fill();

    assertThat(logs.run("a", new MoveConsumer("c", new OffsetSpec.At(3), null)).created()).isTrue();
    var _ = logs.run("a", new Trim(1));
    assertThat(readAll(log)).containsExactly("1", "2", "3");
    logs.patch("a", Setting.RETENTION_MAX_BYTES, 1);
    assertThat(logs.run("a", new ApplyRetention(Long.MAX_VALUE)).segments()).hasSize(1);
    assertThat(readAll(log)).containsExactly("2", "3");
  }

  @Test
  void appendsGoOnByThemselvesOnceThereIsRoom() throws IOException {
    fill();
    assertThat(logs.rejection("a", LocalLogs.batch("refused")))
        .isInstanceOf(Rejection.StorageReserved.class);

    free(Long.MAX_VALUE);

    assertThat(logs.append("a", "4").baseOffset()).isEqualTo(4);
    logs.reopen();
    assertThat(readAll(logs.commit().log("a"))).containsExactly("0", "1", "2", "3", "4");
  }

  @Test
  void aFullDiskIsRecoveredFrom() throws IOException {
    fill();

    logs.reopen();

    assertThat(readAll(logs.commit().log("a"))).containsExactly("0", "1", "2", "3");
    assertThat(logs.rejection("a", LocalLogs.batch("refused")))
        .isInstanceOf(Rejection.StorageReserved.class);
  }

  private void fill() {
    free(RESERVE - 1);
  }

  /** What is free is asked for every 50 ms. */
  private void free(long bytes) {
    disk.free(bytes);
    long soon = System.nanoTime() + 60_000_000;
    while (System.nanoTime() < soon) {
      LockSupport.parkNanos(soon - System.nanoTime());
    }
  }
}

package io.dislog.commit;

import static io.dislog.shard.TestDefaults.DEFAULTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.api.Reason;
import io.dislog.api.Setting;
import io.dislog.command.Command;
import io.dislog.command.Creation;
import io.dislog.command.LogSettings;
import io.dislog.command.OffsetSpec;
import io.dislog.command.Rejection;
import io.dislog.commit.StorageWatch.State;
import io.dislog.disk.WatchedDisk;
import io.dislog.kit.Await;
import io.dislog.retention.SegmentPlan;
import io.dislog.shard.LogView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose volume fills up: how it makes room, and what it goes on with. */
final class PressureTest {

  private static final long TOTAL = 1000 << 20;
  private static final long RESERVE = 60 << 20;
  private static final Duration NEVER = Duration.ofDays(365);
  private static final long MILLIS_OF_A_DAY = Duration.ofDays(1).toMillis();

  @TempDir Path folder;
  private final WatchedDisk disk = new WatchedDisk();
  private final List<SegmentPlan> told = new CopyOnWriteArrayList<>();
  private LocalNode node;

  @BeforeEach
  void begin() throws IOException {
    disk.hold(TOTAL);
    disk.free(TOTAL);
    node = start();
  }

  @AfterEach
  void end() throws IOException {
    node.close();
  }

  @Test
  void underAFifthRetentionLooksEachSecondHoweverLongItsIntervalIs() {
    LogView log = log("a", Map.of(Setting.RETENTION_MAX_BYTES, 1L));
    seal(log);
    disk.free(TOTAL / 5 - 1);
    Await.until("the segment goes", () -> log.extent().earliestOffset() == 1);
    assertThat(told).as("it is no early one").isEmpty();
  }

  @Test
  void underATenthItTakesWhatALimitTakesSomeDay() {
    LogView aged = log("aged", Map.of(Setting.RETENTION_MAX_AGE, MILLIS_OF_A_DAY));
    LogView sized = log("sized", Map.of(Setting.RETENTION_MAX_BYTES, 1L << 40));
    LogView unlimited = log("unlimited", Map.of());
    LogView held =
        log(
            "held",
            Map.of(
                Setting.RETENTION_MAX_AGE,
                MILLIS_OF_A_DAY,
                Setting.RETENTION_HOLD_UNPROCESSED,
                1L));
    for (LogView log : List.of(aged, sized, unlimited, held)) {
      seal(log);
      seal(log);
    }
    run(held, new Command.MoveConsumer("c", new OffsetSpec.At(1), null));

    disk.free(TOTAL / 10 - 1);

    Await.until("all goes that may", () -> earliest(aged) == 2 && earliest(sized) == 2);
    Await.until("what was processed goes", () -> earliest(held) == 1);
    assertThat(earliest(unlimited)).isZero();
    assertThat(held.extent().endOffset()).isEqualTo(2);
    assertThat(node.storage().state()).isEqualTo(State.PRESSURE);
    Await.until("each is told of", () -> told.size() == 5);
    assertThat(told).allMatch(SegmentPlan::deletable);
    assertThat(told.stream().filter(plan -> plan.because().equals(List.of(Reason.MAX_BYTES))))
        .hasSize(2);
  }

  @Test
  void aFullNodeIsReadyAndSaysThatItIsFull() {
    LogView log = log("a", Map.of(Setting.RETENTION_HOLD_UNARCHIVED, 1L));
    seal(log);
    disk.free(RESERVE);
    Await.until("it is full", () -> node.storage().state() == State.FULL);
    assertThat(node.health().ready()).isTrue();
    assertThat(node.health().why()).contains("storage is full: " + RESERVE + " of ");
    assertThat(
            node.commit()
                .submit(log, LocalLogs.batch("more"))
                .toCompletableFuture()
                .handle((done, failure) ->
                    failure instanceof CompletionException ? failure.getCause() : failure)
                .join())
        .isInstanceOf(Rejection.StorageReserved.class);
    run(log, new Command.MoveConsumer("c", new OffsetSpec.At(1), null));
    run(log, new Command.Trim(1));
    disk.free(TOTAL);
    Await.until("it says so no more", () -> node.health().why().isEmpty());
  }

  @Test
  void theClusterIsTheSameAfterARestartAndAnotherOneElsewhere() throws IOException {
    UUID id = node.clusterId().orElseThrow();
    node.close();
    node = start();
    assertThat(node.clusterId()).contains(id);
    node.close();
    // As an earlier version left it.
    Files.delete(folder.resolve("data/cluster-id"));
    node = start();
    assertThat(node.clusterId().orElseThrow()).isNotEqualTo(id);
  }

  private LocalNode start() throws IOException {
    CommitListener listener =
        new CommitListener() {
          @Override
          public void deleted(SegmentPlan segment) {
            told.add(segment);
          }

          @Override
          public void answered(Command<?> command, Object answer) {
            // What retention does by itself is told elsewhere.
          }
        };
    LocalNode started =
        new LocalNode(
            new Node.Setup(folder.resolve("data"), DEFAULTS, RESERVE, NEVER), disk, listener);
    Await.until("it recovers", () -> started.health().ready());
    return started;
  }

  private LogView log(String name, Map<Setting, Long> own) {
    var _ =
        node.commit().create(name, Creation.of(new LogSettings(own))).toCompletableFuture().join();
    return node.commit().log(name);
  }

  /** A record in a sealed segment of its own. */
  private void seal(LogView log) {
    run(log, LocalLogs.batch("x".repeat(1000)));
    run(log, new Command.Seal());
  }

  private void run(LogView log, Command<?> command) {
    var _ = node.commit().submit(log, command).toCompletableFuture().join();
  }

  private static long earliest(LogView log) {
    return log.extent().earliestOffset();
  }
}

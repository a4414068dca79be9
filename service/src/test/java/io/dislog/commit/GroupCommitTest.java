package io.dislog.commit;

import static io.dislog.commit.LocalLogs.await;
import static io.dislog.commit.LocalLogs.batch;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.api.Setting;
import io.dislog.command.Command.Append;
import io.dislog.command.Command.Appended;
import io.dislog.command.Command.MoveConsumer;
import io.dislog.command.Command.ProducerStamp;
import io.dislog.command.Command.Trim;
import io.dislog.command.OffsetSpec;
import io.dislog.command.Rejection;
import io.dislog.disk.WatchedDisk;
import io.dislog.kit.Await;
import io.dislog.log.Record;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many forces appends cost, and when they are answered. */
final class GroupCommitTest {

  @TempDir Path folder;
  private final WatchedDisk disk = new WatchedDisk();
  private LocalLogs logs;

  @BeforeEach
  void open() throws IOException {
    logs = LocalLogs.on(disk, folder, 0);
    logs.create("a", Map.of(Setting.SEGMENT_MAX_BYTES, 1L << 20));
    forgetForces();
  }

  @AfterEach
  void close() throws IOException {
    logs.close();
  }

  @Test
  void anAppendAloneIsForcedOnce() {
    logs.append("a", "one");

    assertThat(disk.storeForces()).isEqualTo(1);
    assertThat(disk.otherForces()).isZero();
  }

  @Test
  void appendsThatWaitWhileAnotherIsForcedShareTheNextForce() {
    List<CompletableFuture<Appended>> waiting = new ArrayList<>();
    CompletableFuture<Appended> first;
    disk.forcing().lock();
    try {
      first = logs.submit("a", batch("first"));
      awaitForce();
      for (int i = 0; i < 500; i++) {
        waiting.add(logs.submit("a", batch("waits " + i)));
      }
      assertThat(first).as("before its force has ended").isNotDone();
      assertThat(waiting).noneMatch(CompletableFuture::isDone);
    } finally {
      disk.forcing().unlock();
    }

    assertThat(await(first).baseOffset()).isZero();
    for (int i = 0; i < waiting.size(); i++) {
      assertThat(await(waiting.get(i)).baseOffset()).isEqualTo(i + 1);
    }
    assertThat(disk.storeForces()).as("forces behind the first").isEqualTo(1);
  }

  @Test
  void nothingIsShownBeforeItIsForced() {
    CompletableFuture<Appended> answer;
    disk.forcing().lock();
    try {
      answer = logs.submit("a", batch("waits"));
      awaitForce();
      assertThat(logs.commit().log("a").extent().endOffset()).isZero();
    } finally {
      disk.forcing().unlock();
    }
    var _ = await(answer);
    assertThat(logs.commit().log("a").extent().endOffset()).isEqualTo(1);
  }

  @Test
  void refusalsForceNothing() {
    logs.append("a", "one");
    logs.patch("a", Setting.MAX_RECORD_BYTES, 3);
    forgetForces();
    Record record = Record.of(new byte[1]);

    assertThat(logs.rejection("a", batch("large"))).isInstanceOf(Rejection.RecordTooLarge.class);
    assertThat(logs.rejection("a", new Append(List.of(record), 7L, null, 1)))
        .isInstanceOf(Rejection.OffsetMismatch.class);
    assertThat(
            logs.rejection("a", new Append(List.of(record), null, new ProducerStamp("p", 0, 1), 1)))
        .isInstanceOf(Rejection.SequenceGap.class);

    assertThat(disk.storeForces()).isZero();
    assertThat(disk.otherForces()).isZero();
  }

  @Test
  void aRepeatForcesNothing() {
    Append request =
        new Append(List.of(Record.of(new byte[1])), null, new ProducerStamp("p", 0, 0), 1);
    assertThat(logs.run("a", request).duplicate()).isFalse();
    assertThat(disk.storeForces()).as("the store").isEqualTo(1);
    assertThat(disk.otherForces()).as("the journal").isEqualTo(1);

    assertThat(logs.run("a", request).duplicate()).isTrue();

    assertThat(disk.storeForces()).isZero();
    assertThat(disk.otherForces()).isZero();
  }

  @Test
  void aConsumerForcesTheJournalAlone() {
    var _ = logs.run("a", new MoveConsumer("c", new OffsetSpec.Latest(), null));

    assertThat(disk.storeForces()).isZero();
    assertThat(disk.otherForces()).isEqualTo(1);
  }

  @Test
  void aLogThatBuffersForcesNoAppendAndNoConsumer() {
    logs.patch("a", Setting.DURABILITY, 1);
    logs.append("a", "the first one makes the index say that it promises nothing");
    forgetForces();

    for (int i = 0; i < 50; i++) {
      logs.append("a", "record " + i);
    }
    var _ = logs.run("a", new MoveConsumer("c", new OffsetSpec.Latest(), null));

    assertThat(disk.storeForces()).isZero();
    assertThat(disk.otherForces()).isZero();
  }

  @Test
  void aLogThatBuffersForcesATrimBeforeFilesGo() {
    logs.patch("a", Setting.DURABILITY, 1);
    logs.append("a", "record");
    forgetForces();

    var _ = logs.run("a", new Trim(1));

    assertThat(disk.otherForces()).isPositive();
  }

  @Test
  void whatWasBufferedIsForcedWhenTheLogTurnsToForcing() {
    logs.patch("a", Setting.DURABILITY, 1);
    logs.append("a", "record");
    forgetForces();

    logs.patch("a", Setting.DURABILITY, 0);

    assertThat(disk.storeForces()).isEqualTo(1);
  }

  private void forgetForces() {
    var _ = disk.storeForces();
    var _ = disk.otherForces();
  }

  private void awaitForce() {
    Await.until("a force begins", () -> disk.forcing().hasQueuedThreads());
    forgetForces();
  }
}

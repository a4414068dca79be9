package io.dislog.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.command.Command;
import io.dislog.command.Creation;
import io.dislog.command.OffsetSpec;
import io.dislog.command.Rejection;
import io.dislog.shard.LogView;
import io.dislog.state.ProducerLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of state that clients can grow has an end, and a way back from it. */
final class LimitedCommitTest {

  private static final OffsetSpec LATEST = new OffsetSpec.Latest();

  @TempDir Path folder;
  private LocalLogs logs;
  private LimitedCommit commit;
  private LogView log;

  @BeforeEach
  void open() throws IOException {
    logs = LocalLogs.in(folder);
    log = logs.create("a", Map.of());
    commit = limited(new StateLimits(2, 2, 3, Long.MAX_VALUE));
  }

  @AfterEach
  void close() throws IOException {
    logs.close();
  }

  @Test
  void aServiceHasNoMoreLogsThanItMay() {
    assertThat(await(commit.create("b", Creation.ANY))).isTrue();
    assertThatThrownBy(() -> await(commit.create("c", Creation.ANY)))
        .hasCauseInstanceOf(Rejection.LimitReached.class)
        .hasMessageContaining("dislog.logs.max");
    assertThat(await(commit.create("a", Creation.ANY))).as("one that is there").isFalse();

    var _ = await(commit.delete("b"));

    assertThat(await(commit.create("c", Creation.ANY))).isTrue();
  }

  @Test
  void aLogHasNoMoreConsumersThanItMay() {
    move("c1");
    move("c2");
    assertThatThrownBy(() -> move("c3"))
        .hasCauseInstanceOf(Rejection.LimitReached.class)
        .hasMessageContaining("dislog.consumers.max-per-log");
    move("c1");

    var _ = await(commit.submit(log, new Command.DeleteConsumer("c1")));

    move("c3");
  }

  @Test
  void aLogHasNoMoreSegmentsThanItMay() {
    append();
    seal();
    append();
    seal();
    assertThatThrownBy(this::append)
        .hasCauseInstanceOf(Rejection.LimitReached.class)
        .hasMessageContaining("dislog.segments.max-per-log");
    assertThatThrownBy(this::seal).hasCauseInstanceOf(Rejection.LimitReached.class);

    var _ = await(commit.submit(log, new Command.Trim(1)));

    append();
  }

  @Test
  void whileAllLogsTogetherHaveTooMuchOnlyThoseThatHaveLittleTakeMore() {
    for (int i = 0; i < 11; i++) {
      move(logs.commit(), "c" + i);
    }
    LogView other = logs.create("b", Map.of());
    commit = limited(new StateLimits(9, 99, 99, other.stateBytes() + log.stateBytes() - 1));

    assertThatThrownBy(() -> await(commit.create("c", Creation.ANY)))
        .hasCauseInstanceOf(Rejection.LimitReached.class)
        .hasMessageContaining("dislog.state.max-bytes");
    assertThatThrownBy(() -> move("c11"))
        .hasCauseInstanceOf(Rejection.LimitReached.class)
        .hasMessageContaining("dislog.state.max-bytes");
    assertThat(commit.budget().producers().most()).isEqualTo(10);
    move("c1");
    append();
    var _ = await(commit.submit(other, new Command.MoveConsumer("c", LATEST, null)));

    var _ = await(commit.delete("b"));
    commit.budget().look(logs.commit());

    assertThat(await(commit.create("c", Creation.ANY))).isTrue();
    assertThat(commit.budget().producers()).isEqualTo(ProducerLimits.DEFAULT);
  }

  private LimitedCommit limited(StateLimits limits) {
    LimitedCommit limited =
        new LimitedCommit(logs.commit(), new StateBudget(ProducerLimits.DEFAULT, limits));
    limited.budget().look(logs.commit());
    return limited;
  }

  private void move(String consumer) {
    move(commit, consumer);
  }

  private void move(Commit by, String consumer) {
    var _ = await(by.submit(log, new Command.MoveConsumer(consumer, LATEST, null)));
  }

  private void append() {
    var _ = await(commit.submit(log, LocalLogs.batch("x")));
  }

  private void seal() {
    var _ = await(commit.submit(log, new Command.Seal()));
  }

  private static <R> R await(CompletionStage<R> stage) {
    return LocalLogs.await(stage.toCompletableFuture());
  }
}

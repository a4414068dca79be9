package io.dislog.commit;

import static io.dislog.shard.TestDefaults.DEFAULTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.command.Creation;
import io.dislog.disk.WatchedDisk;
import io.dislog.kit.Await;
import io.dislog.state.ProducerLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a node runs retention is said while it runs. */
final class LogMaintenanceTest {

  private static final Duration NEVER = Duration.ofDays(365);
  private static final Duration OFTEN = Duration.ofMillis(20);

  @TempDir Path folder;

  @Test
  void aShorterIntervalNeedNotWaitForTheEndOfALongerOne() throws IOException {
    try (LocalNode node = node(NEVER)) {
      awaitRecovered(node);
      assertThat(node.maintenance().lastRetention()).isNull();

      node.maintenance().retainEvery(OFTEN);

      assertThat(node.maintenance().retentionInterval()).isEqualTo(OFTEN);
      awaitRun(node);
    }
  }

  @Test
  void anIntervalThatIsSaidBeforeTheLogsAreRecoveredHoldsThen() throws IOException {
    try (LocalNode node = node(NEVER)) {
      node.maintenance().retainEvery(OFTEN);
      awaitRun(node);
    }
  }

  @Test
  void aLongerIntervalEndsAShorterOne() throws IOException {
    try (LocalNode node = node(OFTEN)) {
      awaitRun(node);
      node.maintenance().retainEvery(NEVER);
      Await.until("it runs no more", () -> runsNoMore(node)); // One run may have been under way.
    }
  }

  @Test
  void whatTheLogsTakeIsSeenSoon() throws IOException {
    StateBudget none =
        new StateBudget(ProducerLimits.DEFAULT, new StateLimits(9, 9, 9, 1)); // For any log at all.
    try (LocalNode node = node(new Node.Setup(folder.resolve("data"), DEFAULTS, 0, NEVER, none))) {
      awaitRecovered(node);
      assertThat(none.isSpent()).isFalse();
      LocalLogs.await(node.commit().create("a", Creation.ANY).toCompletableFuture());
      Await.until("it is seen", none::isSpent);
    }
  }

  private LocalNode node(Duration interval) throws IOException {
    return node(new Node.Setup(folder.resolve("data"), DEFAULTS, 0, interval));
  }

  private static LocalNode node(Node.Setup setup) throws IOException {
    return new LocalNode(setup, new WatchedDisk(), CommitListener.NONE);
  }

  private static boolean runsNoMore(LocalNode node) {
    Instant last = node.maintenance().lastRetention();
    LockSupport.parkNanos(OFTEN.multipliedBy(20).toNanos());
    return Objects.equals(node.maintenance().lastRetention(), last);
  }

  private static void awaitRecovered(LocalNode node) {
    Await.until("it recovers", () -> node.health().ready());
  }

  private static void awaitRun(LocalNode node) {
    Await.until("retention runs", () -> node.maintenance().lastRetention() != null);
  }
}

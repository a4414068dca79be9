package io.dislog.commit;

import static io.dislog.commit.LocalLogs.batch;
import static io.dislog.commit.LocalLogs.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.api.Setting;
import io.dislog.command.Command.Appended;
import io.dislog.command.Command.Seal;
import io.dislog.command.Command.Trim;
import io.dislog.command.Creation;
import io.dislog.disk.LocalDisk;
import io.dislog.disk.ScarceDisk;
import io.dislog.disk.TooManyFilesException;
import io.dislog.shard.LogWriter;
import io.dislog.shard.Shard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process without file descriptors: what can't be done is refused, and nothing is lost by it. */
final class TooManyFilesTest {

  private static final int PLENTY = 100;

  @TempDir Path folder;

  @Test
  void logsWithoutADescriptorRefuseAndGoOnOnceThereIsOne() throws IOException {
    ScarceDisk disk = new ScarceDisk(new LocalDisk(), PLENTY);
    try (LocalLogs logs = LocalLogs.on(disk.cached(2), folder, 0)) {
      for (String name : List.of("a", "b", "c")) {
        logs.create(name, Map.of());
        logs.append(name, "0");
      }
      disk.allow(0);

      assertThat(logs.rejection("a", batch("lost"))).isInstanceOf(TooManyFilesException.class);
      assertThat(logs.rejection("a", new Seal())).isInstanceOf(TooManyFilesException.class);
      assertThat(logs.rejection("a", new Trim(1))).isInstanceOf(TooManyFilesException.class);
      assertThatThrownBy(
              () -> LocalLogs.await(logs.commit().create("d", Creation.ANY).toCompletableFuture()))
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(TooManyFilesException.class);
      assertThatThrownBy(() -> readAll(logs.commit().log("a")))
          .isInstanceOf(TooManyFilesException.class);

      disk.allow(PLENTY);
      logs.append("a", "1");
      logs.create("d", Map.of());
      assertThat(readAll(logs.commit().log("a"))).containsExactly("0", "1");
    }
  }

  @Test
  void whatIsAskedOnceARefusalWasToldIsNotRefusedWithIt() throws IOException {
    ScarceDisk disk = new ScarceDisk(new LocalDisk(), PLENTY);
    Deque<Runnable> rounds = new ArrayDeque<>();
    AtomicReference<@Nullable CompletableFuture<Appended>> next = new AtomicReference<>();
    try (Shard shard =
        LocalLogs.shard(disk.cached(2), folder, 0, InstantSource.system(), Runnable::run)) {
      LogWriter first = shard.create("a", Creation.ANY);
      LogWriter second = shard.create("b", Creation.ANY); // Takes the cache's descriptors.
      LogQueue queue = new LogQueue(first, rounds::add, CommitListener.NONE);
      disk.allow(0);
      CompletableFuture<Appended> refused = queue.submit(batch("lost"));
      var _ =
          refused.whenComplete((_, _) -> {
            disk.allow(PLENTY);
            next.set(queue.submit(batch("kept")));
          });

      rounds.remove().run();

      assertThat(refused)
          .failsWithin(Duration.ZERO)
          .withThrowableThat()
          .withCauseInstanceOf(TOO_MANY);
      assertThat(Objects.requireNonNull(next.get()).join().baseOffset()).isZero();
      first.close(false);
      second.close(false);
    }
  }

  @Test
  void whateverIsLeftNothingAcknowledgedIsLostAndNoLogFails() throws IOException {
    int refused = 0;
    for (int seed = 0; seed < 12; seed++) {
      refused += run(seed, folder.resolve("data-" + seed));
    }
    assertThat(refused).as("refusals").isGreaterThan(12);
  }

  private static int run(int seed, Path data) throws IOException {
    Random random = new Random(seed);
    ScarceDisk disk = new ScarceDisk(new LocalDisk(), PLENTY);
    Map<String, List<String>> acknowledged = new TreeMap<>();
    int refused = 0;
    try (LocalLogs logs = LocalLogs.on(disk.cached(3), data, 0)) {
      for (String name : List.of("a", "b", "c", "d")) {
        logs.create(name, Map.of(Setting.SEGMENT_MAX_BYTES, 4096L));
        acknowledged.put(name, new ArrayList<>());
      }
      for (int step = 0; step < 60; step++) {
        String name = List.copyOf(acknowledged.keySet()).get(random.nextInt(4));
        String[] values = {step + "-0", step + "-" + "x".repeat(random.nextInt(3000)), step + "-2"};
        disk.allow(random.nextInt(8));
        try {
          logs.append(name, values);
          Objects.requireNonNull(acknowledged.get(name)).addAll(List.of(values));
        } catch (CompletionException e) {
          assertThat(e).as("seed %d, step %d", seed, step).hasCauseInstanceOf(TOO_MANY);
          refused++;
        }
        assertThat(logs.commit().log(name).failure()).as("seed %d, step %d", seed, step).isNull();
      }
      disk.allow(PLENTY);
      check(logs, acknowledged, seed);
      logs.reopen();
      check(logs, acknowledged, seed);
    }
    return refused;
  }

  private static final Class<TooManyFilesException> TOO_MANY = TooManyFilesException.class;

  private static void check(LocalLogs logs, Map<String, List<String>> acknowledged, int seed)
      throws IOException {
    for (Map.Entry<String, List<String>> log : acknowledged.entrySet()) {
      assertThat(readAll(logs.commit().log(log.getKey())))
          .as("log %s, seed %d", log.getKey(), seed)
          .isEqualTo(log.getValue());
    }
  }
}

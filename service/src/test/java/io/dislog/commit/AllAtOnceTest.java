package io.dislog.commit;

import static io.dislog.commit.LocalLogs.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.api.Setting;
import io.dislog.command.Command.Appended;
import io.dislog.command.Command.ApplyRetention;
import io.dislog.command.Command.Seal;
import io.dislog.command.Command.Trim;
import io.dislog.kit.Await;
import io.dislog.log.OffsetOutOfRangeException;
import io.dislog.log.RecordRange;
import io.dislog.log.StoredRecord;
import io.dislog.shard.LogView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Appends, reads, look-ups, trims, seals and retention of one log, all at once: what is read is
 * dense, in order, as it was appended, and no record is older than the one before.
 */
final class AllAtOnceTest {

  private static final long NANOS = TimeUnit.SECONDS.toNanos(4);
  private static final int APPENDERS = 4;
  private static final int READERS = 3;

  @TempDir Path folder;
  private final Map<Long, String> appended = new ConcurrentSkipListMap<>();
  private final AtomicLong reads = new AtomicLong();
  private LocalLogs logs;
  private LogView log;
  private long until;
  private long end;

  @BeforeEach
  void open() throws IOException {
    logs = LocalLogs.in(folder);
    log = logs.create("a", Map.of(Setting.RETENTION_MAX_BYTES, 256L << 10));
  }

  @AfterEach
  void close() throws IOException {
    logs.close();
  }

  @Test
  void whatIsReadIsWhatWasAppended() throws Exception {
    until = System.nanoTime() + NANOS;
    end = until + Await.PATIENCE.toNanos();
    List<Callable<Void>> work = new ArrayList<>();
    for (int i = 0; i < APPENDERS; i++) {
      Random random = new Random(i);
      work.add(repeat(() -> append(random)));
    }
    for (int i = 0; i < READERS; i++) {
      Random random = new Random(100 + i);
      work.add(repeat(() -> read(random)));
    }
    Random random = new Random(1000);
    work.add(repeat(() -> trimSealOrRetain(random)));
    work.add(repeat(() -> logs.clockMoves(random.nextInt(-20, 30))));

    try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
      for (Future<Void> ended : threads.invokeAll(work)) {
        ended.get();
      }
    }

    assertThat(reads.get()).as("records read").isPositive();
    assertThat(appended).as("offsets without a gap").hasSize((int) log.extent().endOffset());
    readAll();
    logs.reopen();
    log = logs.commit().log("a");
    assertThat(log.extent().endOffset()).isEqualTo(appended.size());
    readAll();
  }

  private void append(Random random) {
    String[] values = new String[1 + random.nextInt(5)];
    for (int i = 0; i < values.length; i++) {
      values[i] = Long.toHexString(random.nextLong()).repeat(random.nextInt(40));
    }
    Appended answer = logs.append("a", values);
    for (int i = 0; i < values.length; i++) {
      String there = appended.put(answer.baseOffset() + i, values[i]);
      assertThat(there).as("what had offset %d before", answer.baseOffset() + i).isNull();
    }
  }

  private void read(Random random) throws IOException {
    long earliest = log.extent().earliestOffset();
    long end = log.extent().endOffset();
    try {
      if (random.nextInt(4) == 0 && end > earliest) {
        StoredRecord one = log.read(random.nextLong(earliest, end));
        assertThat(log.offsetAt(one.time()))
            .isLessThanOrEqualTo(Math.max(one.offset(), log.extent().earliestOffset()));
      } else {
        var _ = readOn(random.nextLong(earliest, end + 1));
      }
    } catch (OffsetOutOfRangeException e) {
      assertThat(e.trimmed()).as("%s", e).isTrue(); // A trim was faster.
    }
  }

  private void readAll() throws IOException {
    long next = log.extent().earliestOffset();
    while (next < log.extent().endOffset()) {
      next = readOn(next);
    }
  }

  private long readOn(long from) throws IOException {
    long offset = from;
    long time = 0;
    try (RecordRange range = log.range(from, 2000, 1 << 20)) {
      StoredRecord next;
      while ((next = range.next()) != null) {
        assertThat(next.offset()).isEqualTo(offset);
        assertThat(next.time()).isGreaterThanOrEqualTo(time);
        String expected = appended.get(offset); // Its appender may not have noted it yet.
        assertThat(expected == null || expected.equals(text(next.record().value())))
            .as("record %d as it was appended", offset)
            .isTrue();
        time = next.time();
        offset++;
      }
      assertThat(range.nextOffset()).isEqualTo(offset);
    }
    reads.addAndGet(offset - from);
    return offset;
  }

  private void trimSealOrRetain(Random random) {
    long earliest = log.extent().earliestOffset();
    long end = log.extent().endOffset();
    var _ =
        switch (random.nextInt(10)) {
          case 0 -> logs.run("a", new Trim(random.nextLong(earliest, end + 1)));
          case 1 -> logs.run("a", new Trim(end));
          case 2, 3 -> logs.run("a", new ApplyRetention(Long.MAX_VALUE));
          default -> logs.run("a", new Seal());
        };
  }

  private Callable<Void> repeat(Step step) {
    return () -> {
      // On a machine that was paused for all of that time, until something was read all the same.
      while (System.nanoTime() < until || (reads.get() == 0 && System.nanoTime() < end)) {
        step.run();
      }
      return null;
    };
  }

  private interface Step {
    void run() throws IOException;
  }
}

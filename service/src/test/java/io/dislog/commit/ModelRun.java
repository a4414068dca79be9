package io.dislog.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.dislog.api.Setting;
import io.dislog.command.Command;
import io.dislog.command.Command.Reclaimed;
import io.dislog.command.Creation;
import io.dislog.command.LogSettings;
import io.dislog.disk.FaultyDisk;
import io.dislog.disk.FileCache;
import io.dislog.log.Extent;
import io.dislog.log.Frame;
import io.dislog.log.RecordRange;
import io.dislog.log.SegmentInfo;
import io.dislog.log.StoredRecord;
import io.dislog.retention.SegmentPlan;
import io.dislog.shard.LogView;
import io.dislog.shard.TestClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** One life of a log, all of it drawn from a seed, held against its model at every step. */
final class ModelRun {

  private static final String NAME = Model.NAME;

  private final long seed;
  private final Random random;
  private final TestClock clock = new TestClock();
  private final Model model =
      new Model(Map.of(Setting.MAX_RECORD_BYTES, (long) ModelCommands.MAX_RECORD_BYTES));
  private final ModelCommands draw;
  private final FaultyDisk disk;
  private ShardDriver driver;
  private boolean late;

  ModelRun(long seed) throws IOException {
    this.seed = seed;
    random = new Random(seed);
    draw = new ModelCommands(random, model);
    disk = new FaultyDisk(seed);
    disk.pause(true); // Nothing goes wrong, and nobody asks for the history.
    driver = ShardDriver.open(new FileCache(disk, 3), ShardDriver.DATA, clock, Runnable::run);
    driver.create(NAME, Creation.of(new LogSettings(model.own())));
  }

  void run(int operations) throws IOException {
    for (int i = 0; i < operations; i++) {
      Operation operation = Operation.any(random);
      try {
        clock.move(random.nextInt(20));
        late = i > operations * 4 / 5;
        run(operation);
        checkState();
        if (random.nextInt(100) == 0 || i == operations - 1) {
          checkAll();
        }
      } catch (IOException | RuntimeException | AssertionError e) {
        String what = "seed %d, operation %d, %s: %s".formatted(seed, i, operation, e.getMessage());
        throw new AssertionError(what, e);
      }
    }
    driver.close();
  }

  private void run(Operation operation) throws IOException {
    switch (operation) {
      case APPEND -> submit(draw.append());
      case APPEND_IF_AT_END -> submit(draw.conditional());
      case APPEND_AS_PRODUCER -> submit(draw.produced());
      case APPEND_TOO_LARGE -> submit(draw.tooLarge());
      case APPEND_IN_SEQUENCE -> submit(draw.inSequence());
      case CLOSE -> {
        if (late) { // There is not much to try with a log that is closed.
          submit(draw.close());
        }
      }
      case READ -> read(draw.offsetToRead());
      case READ_RANGE -> readRange(draw.offsetToRead());
      case LOOK_UP_TIME -> {
        long time = draw.timeToLookUp();
        assertThat(log().offsetAt(time)).as("offset at %d", time).isEqualTo(model.offsetAt(time));
      }
      case TRIM -> submit(draw.trim());
      case SEAL -> submit(draw.seal());
      case RETAIN ->
          submit(new Command.ApplyRetention(Long.MAX_VALUE, log().retention().sighting()));
      case CONFIGURE -> submit(draw.configure());
      case MOVE_CONSUMER -> submit(draw.move());
      case DELETE_CONSUMER -> submit(draw.deleteConsumer());
      case MOVE_CLOCK -> clock.move(random.nextInt(-20_000, 20_000));
      case REOPEN -> reopen();
    }
  }

  private void submit(Command<?> command) {
    List<SegmentInfo> before = log().segments();
    RuntimeException why = model.rejection(command);
    CompletableFuture<?> answer = driver.submit(NAME, command);
    if (why != null) {
      assertThat(answer)
          .as("%s that is to be refused: %s", words(command), why)
          .isCompletedExceptionally();
      assertThat(answer.exceptionNow())
          .hasSameClassAs(why)
          .as("refusal of %s", words(command))
          .hasMessage(why.getMessage());
      assertThat(log().segments()).as("segments after a refusal").isEqualTo(before);
      return;
    }
    Object expected = model.run(command, before, clock.millis());
    Object found = answer.join();
    if (found instanceof Reclaimed retained) {
      found = retained.segments().stream().map(SegmentPlan::baseOffset).toList();
    }
    assertThat(found).as("answer to %s", words(command)).isEqualTo(expected);
    if (command instanceof Command.Trim || command instanceof Command.ApplyRetention) {
      assertThat(LocalLogs.bases(log())).as("segments left").isEqualTo(basesLeft(before));
    }
  }

  /** Where the segments begin that are not wholly trimmed; a log that is empty has a new one. */
  private List<Long> basesLeft(List<SegmentInfo> before) {
    if (model.earliest() == model.end()) {
      return List.of(model.end());
    }
    return before.stream()
        .filter(segment -> segment.endOffset() > model.earliest())
        .map(SegmentInfo::baseOffset)
        .toList();
  }

  private void read(long offset) throws IOException {
    RuntimeException why = model.refusalOf(offset, model.end() - 1);
    if (why == null) {
      assertThat(log().read(offset)).isEqualTo(model.between(offset, offset + 1).getFirst());
    } else {
      assertThat(catchThrowable(() -> log().read(offset)))
          .hasSameClassAs(why)
          .hasMessage(why.getMessage());
    }
  }

  private void readRange(long from) throws IOException {
    int limit = 1 + random.nextInt(random.nextInt(4) == 0 ? 1000 : 20);
    RuntimeException why = model.refusalOf(from, model.end());
    if (why == null) {
      long fitting = bytes(model.range(from, 1 + random.nextInt(10), Long.MAX_VALUE));
      readRange(from, limit, Math.max(0, fitting - random.nextInt(2))); // At the edge.
      readRange(from, limit, random.nextInt(random.nextInt(4) == 0 ? 100_000 : 4000));
    } else {
      assertThat(catchThrowable(() -> log().range(from, limit, 1000)))
          .hasSameClassAs(why)
          .hasMessage(why.getMessage());
    }
  }

  private void readRange(long from, int limit, long maxBytes) throws IOException {
    List<StoredRecord> expected = model.range(from, limit, maxBytes);
    try (RecordRange range = log().range(from, limit, maxBytes)) {
      assertThat(range.count())
          .as("count from %d, at most %d and %d bytes", from, limit, maxBytes)
          .isEqualTo(expected.size());
      assertThat(range.baseOffset()).isEqualTo(from);
      assertThat(range.nextOffset()).isEqualTo(from + expected.size());
      assertThat(range.valueBytes()).isEqualTo(bytes(expected));
      assertThat(range.bytes())
          .isEqualTo(expected.stream().mapToLong(each -> Frame.size(each.record())).sum())
          .isEqualTo(log().bytesBetween(from, range.nextOffset()));
      assertThat(records(range)).isEqualTo(expected);
    }
  }

  private void reopen() throws IOException {
    String id = log().id();
    List<Long> bases = LocalLogs.bases(log());
    driver.close();
    driver = ShardDriver.open(new FileCache(disk, 3), ShardDriver.DATA, clock, Runnable::run);
    assertThat(driver.shard().damaged().unavailable()).as("refused logs").isEmpty();
    assertThat(log().id()).isEqualTo(id);
    assertThat(LocalLogs.bases(log())).as("segments after opening").isEqualTo(bases);
    checkAll();
  }

  private void checkState() {
    Extent extent = log().extent();
    boolean empty = model.earliest() == model.end();
    assertThat(extent.earliestOffset()).as("earliest offset").isEqualTo(model.earliest());
    assertThat(extent.endOffset()).as("end offset").isEqualTo(model.end());
    assertThat(extent.earliestTime())
        .as("earliest time")
        .isEqualTo(empty ? -1 : model.time(model.earliest()));
    assertThat(extent.latestTime())
        .as("latest time")
        .isEqualTo(empty ? -1 : model.time(model.end() - 1));
    assertThat(log().failure()).as("failure").isNull();
    assertThat(log().closed()).as("closed").isEqualTo(model.isClosed());
  }

  private void checkAll() throws IOException {
    List<StoredRecord> found = new ArrayList<>();
    for (long next = model.earliest(); next < model.end(); ) {
      try (RecordRange range = log().range(next, 1 + random.nextInt(100), 50_000)) {
        found.addAll(records(range));
        next = range.nextOffset();
      }
    }
    assertThat(found).isEqualTo(model.between(model.earliest(), model.end()));
    assertThat(found).extracting(StoredRecord::time).as("times never go back").isSorted();
    assertThat(log().consumers()).isEqualTo(List.copyOf(model.consumers().values()));
    assertThat(log().own().values()).as("settings").isEqualTo(model.own());
    checkSegments(log().segments());
  }

  private void checkSegments(List<SegmentInfo> segments) {
    Extent extent = log().extent();
    assertThat(extent.segments()).isEqualTo(segments.size());
    assertThat(extent.bytes()).isEqualTo(segments.stream().mapToLong(SegmentInfo::bytes).sum());
    long next = segments.getFirst().baseOffset();
    assertThat(next).as("first segment's base").isLessThanOrEqualTo(model.earliest());
    for (SegmentInfo segment : segments) {
      assertThat(segment.baseOffset()).as("base offset").isEqualTo(next);
      assertThat(segment.sealed()).as("sealed").isEqualTo(!segment.equals(segments.getLast()));
      next = segment.endOffset();
      if (segment.records() > 0) {
        assertThat(segment.firstTime()).isEqualTo(model.time(segment.baseOffset()));
        assertThat(segment.lastTime()).isEqualTo(model.time(next - 1));
      }
    }
    assertThat(next).as("last segment's end").isEqualTo(model.end());
  }

  /** Of the values alone. */
  private static long bytes(List<StoredRecord> records) {
    return records.stream().mapToLong(each -> each.record().valueSize()).sum();
  }

  /** A command without its records' bytes, which may be many. */
  private static String words(Command<?> command) {
    return command instanceof Command.Append append
        ? "append of %d records, expected at %s, by %s"
            .formatted(append.records().size(), append.expectedOffset(), append.producer())
        : command.toString();
  }

  private static List<StoredRecord> records(RecordRange range) throws IOException {
    List<StoredRecord> records = new ArrayList<>();
    for (StoredRecord record = range.next(); record != null; record = range.next()) {
      records.add(record);
    }
    return records;
  }

  private LogView log() {
    return driver.log(NAME);
  }

  /** What is done to a log, each so many times as often as the rarest. */
  private enum Operation {
    APPEND(70),
    APPEND_IF_AT_END(10),
    APPEND_AS_PRODUCER(20),
    APPEND_TOO_LARGE(1),
    APPEND_IN_SEQUENCE(10),
    CLOSE(1),
    READ(28),
    READ_RANGE(24),
    LOOK_UP_TIME(18),
    TRIM(6),
    SEAL(4),
    RETAIN(5),
    CONFIGURE(6),
    MOVE_CONSUMER(8),
    DELETE_CONSUMER(2),
    MOVE_CLOCK(2),
    REOPEN(1);

    private final int weight;

    Operation(int weight) {
      this.weight = weight;
    }

    static Operation any(Random random) {
      int left = random.nextInt(List.of(values()).stream().mapToInt(each -> each.weight).sum());
      for (Operation operation : values()) {
        left -= operation.weight;
        if (left < 0) {
          return operation;
        }
      }
      throw new AssertionError("weights");
    }
  }
}

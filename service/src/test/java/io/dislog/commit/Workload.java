package io.dislog.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.dislog.api.Setting;
import io.dislog.command.Command;
import io.dislog.command.Command.Append;
import io.dislog.command.Command.Appended;
import io.dislog.command.Command.ProducerStamp;
import io.dislog.command.Creation;
import io.dislog.command.Durability;
import io.dislog.command.LogSettings;
import io.dislog.command.LogTraits;
import io.dislog.command.OffsetSpec;
import io.dislog.command.Rejection;
import io.dislog.command.SettingsPatch;
import io.dislog.disk.StorageFullException;
import io.dislog.log.LogFailedException;
import io.dislog.log.OffsetOutOfRangeException;
import io.dislog.log.Record;
import io.dislog.shard.LogView;
import io.dislog.shard.TestClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Random commands to a few logs, and the books of what became of them. */
final class Workload {

  private static final List<String> NAMES = List.of("orders", "other");

  private final Random random;
  private final TestClock clock;
  private final boolean buffers;
  private final Map<String, ExpectedLog> books = new TreeMap<>();
  private final Map<String, ExpectedLog> mayBeThere = new TreeMap<>();
  private final Map<String, ProducerStamp> lastStamps = new TreeMap<>();
  private final Batches batches;

  /**
   * @param buffers whether logs are now and then told to buffer
   */
  Workload(long seed, TestClock clock, boolean buffers) {
    this.random = new Random(seed);
    this.batches = new Batches(random);
    this.clock = clock;
    this.buffers = buffers;
  }

  /** Does one thing. Returns whether the data directory must be opened anew. */
  boolean step(ShardDriver driver) throws IOException {
    clock.move(random.nextInt(20) == 0 ? -3_600_000 : random.nextInt(1000));
    String name = NAMES.get(random.nextInt(4) == 0 ? 1 : 0);
    if (mayBeThere.containsKey(name)) {
      return true;
    }
    ExpectedLog there = books.get(name);
    if (there == null) {
      return create(driver, name);
    }
    if (there.isClosed() && random.nextInt(4) == 0) {
      return delete(driver, name);
    }
    return switch (random.nextInt(40)) {
      case 0 -> delete(driver, name);
      case 1 -> changeDefaults(driver);
      default -> round(driver, name);
    };
  }

  /** Holds all that was opened against the books, and sends again what producers are to. */
  void check(ShardDriver driver, boolean powerWasCut) throws IOException {
    assertThat(driver.shard().damaged().unavailable()).as("refused logs").isEmpty();
    for (String name : List.copyOf(mayBeThere.keySet())) {
      ExpectedLog expected = Objects.requireNonNull(mayBeThere.remove(name));
      if (driver.has(name)) {
        if (expected.end() == 0) {
          expected.created(driver.log(name));
        }
        books.put(name, expected);
      }
    }
    for (String name : NAMES) {
      assertThat(driver.has(name)).as("log %s is there", name).isEqualTo(books.containsKey(name));
    }
    for (Map.Entry<String, ExpectedLog> entry : books.entrySet()) {
      ExpectedLog expected = entry.getValue();
      if (expected.check(driver.log(entry.getKey()), powerWasCut)) {
        expected.resolve();
        lastStamps.replaceAll((id, last) ->
            id.startsWith(entry.getKey()) ? new ProducerStamp(id, last.epoch() + 100, -1) : last);
      }
      sendAgain(driver, entry.getKey(), expected);
    }
  }

  /** A failed log acknowledges nothing more, and shows what it had. */
  void checkFailed(ShardDriver driver) throws IOException {
    for (Map.Entry<String, ExpectedLog> entry : books.entrySet()) {
      LogView log = driver.log(entry.getKey());
      Append append = batches.append(null);
      CompletableFuture<Appended> answer = driver.submit(entry.getKey(), append);
      if (log.failure() != null || log.closed()) {
        assertThat(catchThrowable(answer::join).getCause())
            .isInstanceOfAny(LogFailedException.class, Rejection.LogClosed.class);
        entry.getValue().doubt(append);
      } else {
        entry.getValue().acknowledged(append, answer.join(), log);
      }
    }
  }

  private boolean create(ShardDriver driver, String name) throws IOException {
    List<Record> content = random.nextBoolean() ? List.of() : batches.append(null).records();
    ExpectedLog expected = new ExpectedLog(LogSettings.NONE, content);
    lastStamps.keySet().removeIf(producer -> producer.startsWith(name));
    try {
      driver.create(name, new Creation(LogSettings.NONE, LogTraits.NONE, null, content));
      expected.created(driver.log(name));
      books.put(name, expected);
      return false;
    } catch (StorageFullException e) {
      assertThat(driver.has(name)).isFalse();
      return false;
    } catch (IOException e) {
      mayBeThere.put(name, expected);
      return true;
    }
  }

  private boolean delete(ShardDriver driver, String name) throws IOException {
    ExpectedLog expected = books.remove(name);
    try {
      driver.delete(name);
      return false;
    } catch (IOException e) {
      if (expected != null) {
        mayBeThere.put(name, expected);
      }
      return true;
    }
  }

  private boolean changeDefaults(ShardDriver driver) {
    long retained = 4096L * (1 + random.nextInt(20));
    try {
      driver.shard().changeDefaults(new LogSettings(Map.of(Setting.RETENTION_MAX_BYTES, retained)));
      driver.showSettings();
      return false;
    } catch (StorageFullException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private boolean round(ShardDriver driver, String name) throws IOException {
    ExpectedLog expected = Objects.requireNonNull(books.get(name));
    LogView log = driver.log(name);
    List<Command<?>> commands = new ArrayList<>();
    long before = expected.end();
    long end = before;
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      Command<?> command = command(name, expected, end);
      end += command instanceof Append append ? append.records().size() : 0;
      commands.add(command);
    }
    List<CompletableFuture<?>> answers = driver.round(name, commands);
    boolean reopen = false;
    for (int i = 0; i < commands.size(); i++) {
      reopen |= enter(expected, commands.get(i), answers.get(i), log);
    }
    if (!reopen) {
      assertThat(log.extent().endOffset()).as("end offset").isEqualTo(expected.end());
    }
    if (!reopen || log.config().durability() == Durability.BUFFERED) {
      expected.forces(log, before);
    }
    return reopen;
  }

  private boolean enter(
      ExpectedLog expected, Command<?> command, CompletableFuture<?> answer, LogView log) {
    assertThat(answer).as("answer to %s", command).isDone();
    switch (answer.state()) {
      case SUCCESS -> expected.acknowledged(command, answer.resultNow(), log);
      case FAILED, CANCELLED, RUNNING -> {
        Throwable why = answer.exceptionNow();
        if (!(why instanceof StorageFullException) && why instanceof IOException) {
          expected.doubt(command);
          return true;
        }
        assertThat(why)
            .isInstanceOfAny(
                StorageFullException.class, Rejection.class, OffsetOutOfRangeException.class);
        if (command instanceof Append append && append.producer() != null && !expected.isClosed()) {
          goBack(append.producer().id(), expected);
        }
      }
    }
    return false;
  }

  /** The request was refused: the producer's next one follows its last acknowledged one. */
  private void goBack(String producer, ExpectedLog expected) {
    ExpectedLog.Acknowledged last = expected.producers().get(producer);
    if (last == null || last.append().producer() == null) {
      lastStamps.remove(producer);
    } else {
      lastStamps.put(producer, last.append().producer());
    }
  }

  private Command<?> command(String name, ExpectedLog expected, long end) {
    return switch (random.nextInt(20)) {
      case 0 -> new Command.Trim(random.nextLong(expected.earliest(), expected.end() + 1));
      case 1 -> new Command.Trim(end);
      case 2 -> new Command.Seal();
      case 3 -> new Command.ApplyRetention(Long.MAX_VALUE);
      case 4 -> configure();
      case 5, 6 -> move(end);
      case 7 -> new Command.DeleteConsumer("c" + random.nextInt(3));
      case 8, 9, 10, 11 -> produce(name, expected);
      case 12 -> random.nextInt(10) == 0 ? close(name, expected) : batches.append(null);
      default -> batches.append(null);
    };
  }

  private Command<?> close(String name, ExpectedLog expected) {
    Append last = random.nextBoolean() ? batches.append(null) : produce(name, expected);
    return random.nextInt(3) == 0
        ? new Command.Close(null, null)
        : new Append(last.records(), null, last.producer(), "s", true, last.size());
  }

  private Command<?> configure() {
    Setting setting =
        random.nextBoolean() ? Setting.SEGMENT_MAX_BYTES : Setting.RETENTION_MAX_BYTES;
    long value = 4096L * (1 + random.nextInt(8));
    if (buffers && random.nextBoolean()) {
      setting = Setting.DURABILITY;
      value = random.nextInt(2);
    }
    return new Command.Configure(new SettingsPatch(Map.of(setting, value), Set.of()));
  }

  private Command<?> move(long end) {
    OffsetSpec to =
        random.nextBoolean()
            ? new OffsetSpec.Latest()
            : new OffsetSpec.At(random.nextLong(end + 1));
    return new Command.MoveConsumer("c" + random.nextInt(3), to, null);
  }

  private Append produce(String name, ExpectedLog expected) {
    String id = name + random.nextInt(2);
    ExpectedLog.Acknowledged last = expected.producers().get(id);
    ProducerStamp before = lastStamps.get(id);
    if (last != null
        && last.append().producer() != null
        && random.nextInt(4) == 0
        && last.append().producer().equals(before)) {
      return last.append();
    }
    ProducerStamp stamp =
        before == null
            ? new ProducerStamp(id, 0, 0)
            : random.nextInt(10) == 0
                ? new ProducerStamp(id, before.epoch() + 1, 0)
                : new ProducerStamp(id, before.epoch(), before.seq() + 1);
    lastStamps.put(id, stamp);
    return batches.append(stamp);
  }

  private void sendAgain(ShardDriver driver, String name, ExpectedLog expected) {
    for (ExpectedLog.Acknowledged last : List.copyOf(expected.producers().values())) {
      if (last.append().producer() != null) {
        try {
          Appended again = driver.submit(name, last.append()).join();
          assertThat(again.duplicate()).as("%s is a duplicate", last.append().producer()).isTrue();
          assertThat(again.baseOffset()).isEqualTo(last.answer().baseOffset());
        } catch (CompletionException e) {
          assertThat(e.getCause())
              .isInstanceOfAny(
                  expected.isClosed() ? Rejection.LogClosed.class : Rejection.ProducerFenced.class);
        }
      }
    }
    for (Command<?> command : expected.resolve()) {
      if (command instanceof Append append && append.producer() != null) {
        try {
          expected.acknowledged(append, driver.submit(name, append).join(), driver.log(name));
          lastStamps.put(append.producer().id(), append.producer());
        } catch (CompletionException e) { // A later one was appended, or the one before refused.
          assertThat(e.getCause())
              .isInstanceOfAny(
                  Rejection.ProducerFenced.class,
                  Rejection.SequenceGap.class,
                  Rejection.LogClosed.class);
        }
      }
    }
    if (expected.isClosed()) {
      return;
    }
    Append append = batches.append(null);
    expected.acknowledged(append, driver.submit(name, append).join(), driver.log(name));
  }
}

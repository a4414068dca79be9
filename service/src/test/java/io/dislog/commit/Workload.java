package io.dislog.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.log.Durability;
import io.dislog.log.LogFailedException;
import io.dislog.log.OffsetOutOfRangeException;
import io.dislog.log.StorageFullException;
import io.dislog.shard.Command;
import io.dislog.shard.Command.Append;
import io.dislog.shard.Command.Appended;
import io.dislog.shard.Command.ProducerStamp;
import io.dislog.shard.LogSettings;
import io.dislog.shard.NamedLog;
import io.dislog.shard.Position;
import io.dislog.shard.Refusal;
import io.dislog.shard.Setting;
import io.dislog.shard.SettingsPatch;
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
  private final Map<String, Book> books = new TreeMap<>();
  private final Map<String, Book> mayBeThere = new TreeMap<>();
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
  boolean step(Rig rig) throws IOException {
    clock.move(random.nextInt(20) == 0 ? -3_600_000 : random.nextInt(1000));
    String name = NAMES.get(random.nextInt(4) == 0 ? 1 : 0);
    if (mayBeThere.containsKey(name)) {
      return true;
    }
    if (!books.containsKey(name)) {
      return create(rig, name);
    }
    return switch (random.nextInt(40)) {
      case 0 -> delete(rig, name);
      case 1 -> changeDefaults(rig);
      default -> round(rig, name);
    };
  }

  /** Holds all that was opened against the books, and sends again what producers are to. */
  void check(Rig rig, boolean powerWasCut) throws IOException {
    assertThat(rig.shard().refused()).as("refused logs").isEmpty();
    for (String name : List.copyOf(mayBeThere.keySet())) {
      Book book = mayBeThere.remove(name);
      if (rig.has(name)) {
        books.put(name, book);
      }
    }
    for (String name : NAMES) {
      assertThat(rig.has(name)).as("log %s is there", name).isEqualTo(books.containsKey(name));
    }
    for (Map.Entry<String, Book> entry : books.entrySet()) {
      Book book = entry.getValue();
      if (book.check(rig.log(entry.getKey()), powerWasCut)) {
        book.resolve();
        lastStamps.replaceAll((id, last) ->
            id.startsWith(entry.getKey()) ? new ProducerStamp(id, last.epoch() + 100, -1) : last);
      }
      sendAgain(rig, entry.getKey(), book);
    }
  }

  /** A failed log acknowledges nothing more, and shows what it had. */
  void checkFailed(Rig rig) throws IOException {
    for (Map.Entry<String, Book> entry : books.entrySet()) {
      NamedLog log = rig.log(entry.getKey());
      Append append = batches.append(null);
      CompletableFuture<Appended> answer = rig.submit(entry.getKey(), append);
      if (log.failure() != null) {
        assertThatThrownBy(answer::join).hasCauseInstanceOf(LogFailedException.class);
        entry.getValue().doubt(append);
      } else {
        entry.getValue().acknowledged(append, answer.join(), log);
      }
    }
  }

  private boolean create(Rig rig, String name) throws IOException {
    Book book = new Book(LogSettings.NONE);
    lastStamps.keySet().removeIf(producer -> producer.startsWith(name));
    try {
      rig.create(name, LogSettings.NONE);
      books.put(name, book);
      return false;
    } catch (StorageFullException e) {
      assertThat(rig.has(name)).isFalse();
      return false;
    } catch (IOException e) {
      mayBeThere.put(name, book);
      return true;
    }
  }

  private boolean delete(Rig rig, String name) throws IOException {
    Book book = books.remove(name);
    try {
      rig.delete(name);
      return false;
    } catch (IOException e) {
      if (book != null) {
        mayBeThere.put(name, book);
      }
      return true;
    }
  }

  private boolean changeDefaults(Rig rig) {
    long retained = 4096L * (1 + random.nextInt(20));
    try {
      rig.shard().changeDefaults(new LogSettings(Map.of(Setting.RETENTION_MAX_BYTES, retained)));
      rig.showSettings();
      return false;
    } catch (StorageFullException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private boolean round(Rig rig, String name) throws IOException {
    Book book = Objects.requireNonNull(books.get(name));
    NamedLog log = rig.log(name);
    List<Command<?>> commands = new ArrayList<>();
    long before = book.end();
    long end = before;
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      Command<?> command = command(name, book, end);
      end += command instanceof Append append ? append.records().size() : 0;
      commands.add(command);
    }
    List<CompletableFuture<?>> answers = rig.round(name, commands);
    boolean reopen = false;
    for (int i = 0; i < commands.size(); i++) {
      reopen |= enter(book, commands.get(i), answers.get(i), log);
    }
    if (!reopen) {
      assertThat(log.extent().endOffset()).as("end offset").isEqualTo(book.end());
    }
    if (!reopen || log.config().durability() == Durability.BUFFERED) {
      book.forces(log, before);
    }
    return reopen;
  }

  private boolean enter(Book book, Command<?> command, CompletableFuture<?> answer, NamedLog log) {
    assertThat(answer).as("answer to %s", command).isDone();
    switch (answer.state()) {
      case SUCCESS -> book.acknowledged(command, answer.resultNow(), log);
      case FAILED, CANCELLED, RUNNING -> {
        Throwable why = answer.exceptionNow();
        if (!(why instanceof StorageFullException) && why instanceof IOException) {
          book.doubt(command);
          return true;
        }
        assertThat(why)
            .isInstanceOfAny(
                StorageFullException.class, Refusal.class, OffsetOutOfRangeException.class);
        if (command instanceof Append append && append.producer() != null) {
          goBack(append.producer().id(), book);
        }
      }
    }
    return false;
  }

  /** The request was refused: the producer's next one follows its last acknowledged one. */
  private void goBack(String producer, Book book) {
    Book.Acknowledged last = book.producers().get(producer);
    if (last == null || last.append().producer() == null) {
      lastStamps.remove(producer);
    } else {
      lastStamps.put(producer, last.append().producer());
    }
  }

  private Command<?> command(String name, Book book, long end) {
    return switch (random.nextInt(20)) {
      case 0 -> new Command.Trim(random.nextLong(book.earliest(), book.end() + 1));
      case 1 -> new Command.Trim(end);
      case 2 -> new Command.Seal();
      case 3 -> new Command.Retain();
      case 4 -> configure();
      case 5, 6 -> move(end);
      case 7 -> new Command.DeleteConsumer("c" + random.nextInt(3));
      case 8, 9, 10, 11 -> produce(name, book);
      default -> batches.append(null);
    };
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
    Position to =
        random.nextBoolean() ? new Position.Latest() : new Position.At(random.nextLong(end + 1));
    return new Command.MoveConsumer("c" + random.nextInt(3), to, null);
  }

  private Append produce(String name, Book book) {
    String id = name + random.nextInt(2);
    Book.Acknowledged last = book.producers().get(id);
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

  private void sendAgain(Rig rig, String name, Book book) {
    for (Book.Acknowledged last : List.copyOf(book.producers().values())) {
      if (last.append().producer() != null) {
        try {
          Appended again = rig.submit(name, last.append()).join();
          assertThat(again.duplicate()).as("%s is a duplicate", last.append().producer()).isTrue();
          assertThat(again.baseOffset()).isEqualTo(last.answer().baseOffset());
        } catch (CompletionException e) {
          assertThat(e).hasCauseInstanceOf(Refusal.ProducerFenced.class);
        }
      }
    }
    for (Command<?> command : book.resolve()) {
      if (command instanceof Append append && append.producer() != null) {
        try {
          book.acknowledged(append, rig.submit(name, append).join(), rig.log(name));
          lastStamps.put(append.producer().id(), append.producer());
        } catch (CompletionException e) { // A later one was appended, or the one before refused.
          assertThat(e.getCause())
              .isInstanceOfAny(Refusal.ProducerFenced.class, Refusal.SequenceGap.class);
        }
      }
    }
    Append append = batches.append(null);
    book.acknowledged(append, rig.submit(name, append).join(), rig.log(name));
  }
}

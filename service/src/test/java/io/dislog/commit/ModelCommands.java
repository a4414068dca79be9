package io.dislog.commit;

import io.dislog.api.Setting;
import io.dislog.command.Command;
import io.dislog.command.Command.Append;
import io.dislog.command.Command.MoveConsumer;
import io.dislog.command.Command.ProducerStamp;
import io.dislog.command.Consumer;
import io.dislog.command.OffsetSpec;
import io.dislog.command.SettingsPatch;
import io.dislog.log.Record;
import io.dislog.log.Record.Header;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Draws commands, right and wrong ones, for a log that is as its model says. */
final class ModelCommands {

  static final int MAX_RECORD_BYTES = 16 << 10;

  private final Random random;
  private final Model model;

  ModelCommands(Random random, Model model) {
    this.random = random;
    this.model = model;
  }

  Append append() {
    return append(null, null);
  }

  Append conditional() {
    long expected = random.nextBoolean() ? model.end() : random.nextLong(model.end() + 3);
    return append(expected, null);
  }

  /** With a sequence that is greater than the last one, or not; now and then as a producer. */
  Append inSequence() {
    Append plain = chance(3) ? produced() : append();
    String last = model.sequence();
    int before = last == null ? 0 : Integer.parseInt(last);
    String sequence = "%08d".formatted(Math.max(0, before + random.nextInt(12) - 3));
    return new Append(
        plain.records(), plain.expectedOffset(), plain.producer(), sequence, false, plain.size());
  }

  /** With a last batch, or without. */
  Command<?> close() {
    Append last = random.nextBoolean() ? produced() : conditional();
    return random.nextBoolean()
        ? new Command.Close(last.expectedOffset(), last.producer())
        : new Append(
            last.records(), last.expectedOffset(), last.producer(), null, true, last.size());
  }

  Append tooLarge() {
    List<Record> batch = new ArrayList<>(batch());
    batch.add(record(MAX_RECORD_BYTES + 1));
    return append(batch, null, null);
  }

  /** The next request of a producer, or one that came before, comes too early, or is stale. */
  Append produced() {
    String id = "p" + random.nextInt(3);
    ProducerStamp last = model.producers().lastOf(id);
    long epoch = last == null ? 0 : last.epoch();
    long next = last == null ? 0 : last.seq() + 1;
    Long expected = chance(8) ? (Long) random.nextLong(model.end() + 1) : null;
    ProducerStamp stamp =
        switch (random.nextInt(20)) {
          case 0 -> new ProducerStamp(id, epoch, next + 1 + random.nextInt(3));
          case 1 -> new ProducerStamp(id, epoch + 1, 0);
          case 2 -> new ProducerStamp(id, epoch + 1, 1 + random.nextInt(2));
          case 3 -> new ProducerStamp(id, Math.max(0, epoch - 1), random.nextLong(next + 2));
          case 4, 5, 6, 7 ->
              new ProducerStamp(id, epoch, Math.max(0, next - 1 - random.nextInt(7)));
          default -> new ProducerStamp(id, epoch, next);
        };
    return append(expected, stamp);
  }

  Command<?> trim() {
    long length = model.end() - model.earliest();
    return new Command.Trim(
        switch (random.nextInt(12)) {
          case 0 -> model.end();
          case 1 -> model.end() + 1 + random.nextInt(100);
          case 2 -> random.nextLong(model.earliest() + 1);
          default -> model.earliest() + random.nextLong(length / 3 + 1);
        });
  }

  Command<?> seal() {
    return random.nextBoolean() ? new Command.Seal() : new Command.SealAged();
  }

  /** Sets something, or leaves it to the defaults again. */
  Command<?> configure() {
    Setting setting =
        anyOf(
            Setting.SEGMENT_MAX_BYTES,
            Setting.SEGMENT_MAX_AGE,
            Setting.RETENTION_MAX_AGE,
            Setting.RETENTION_MAX_BYTES,
            Setting.RETENTION_DELETE_PROCESSED,
            Setting.RETENTION_HOLD_UNPROCESSED,
            Setting.RETENTION_HOLD_UNARCHIVED,
            Setting.DURABILITY);
    if (chance(3)) {
      return new Command.Configure(new SettingsPatch(Map.of(), Set.of(setting)));
    }
    long value =
        switch (setting.kind()) {
          case SIZE -> 4096L * (1 + random.nextInt(setting.isLimit() ? 40 : 5));
          case DURATION -> 1000L * (1 + random.nextInt(10));
          case FLAG, DURABILITY_NAME -> random.nextInt(2);
        };
    if (setting.isLimit() && chance(4)) {
      value = Setting.NO_LIMIT;
    }
    return new Command.Configure(new SettingsPatch(Map.of(setting, value), Set.of()));
  }

  MoveConsumer move() {
    String name = "c" + random.nextInt(3);
    Consumer there = model.consumers().get(name);
    OffsetSpec to =
        switch (random.nextInt(8)) {
          case 0 -> new OffsetSpec.Earliest();
          case 1, 2 -> new OffsetSpec.Latest();
          case 3 -> new OffsetSpec.At(model.end() + 1 + random.nextInt(9));
          case 4 -> new OffsetSpec.At(random.nextLong(model.earliest() + 1));
          default -> new OffsetSpec.At(anyOffset());
        };
    Long ifAt =
        switch (random.nextInt(4)) {
          case 0 -> there == null ? anyOffset() : there.offset();
          case 1 -> anyOffset();
          default -> null;
        };
    return new MoveConsumer(name, to, ifAt);
  }

  Command<?> deleteConsumer() {
    return new Command.DeleteConsumer("c" + random.nextInt(3));
  }

  /** An offset from the earliest to the end, both included. */
  long anyOffset() {
    return random.nextLong(model.earliest(), model.end() + 1);
  }

  /** An offset to read at: inside, at the edges, below and above. */
  long offsetToRead() {
    return switch (random.nextInt(12)) {
      case 0 -> model.end();
      case 1 -> model.end() + 1 + random.nextInt(50);
      case 2 -> Math.max(0, model.earliest() - 1);
      case 3 -> random.nextLong(model.earliest() + 1);
      case 4 -> model.earliest();
      case 5 -> Math.max(0, model.end() - 1);
      default -> anyOffset();
    };
  }

  /** A time at or beside some record's, trimmed or not, or far off. */
  long timeToLookUp() {
    return switch (random.nextInt(12)) {
      case 0 -> 0;
      case 1 -> Long.MAX_VALUE;
      default -> {
        long from = chance(4) ? 0 : model.earliest();
        long time = from == model.end() ? 1 : model.time(random.nextLong(from, model.end()));
        yield time + random.nextInt(3) - 1;
      }
    };
  }

  private Append append(@Nullable Long expected, @Nullable ProducerStamp stamp) {
    return append(batch(), expected, stamp);
  }

  private static Append append(
      List<Record> batch, @Nullable Long expected, @Nullable ProducerStamp stamp) {
    long size = Record.sizeOf(batch);
    return new Append(batch, expected, stamp, size);
  }

  private List<Record> batch() {
    int kind = random.nextInt(100);
    int count = kind < 50 ? 1 : kind < 99 ? 1 + random.nextInt(6) : 50 + random.nextInt(150);
    List<Record> batch = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      batch.add(record(count < 50 ? valueSize() : random.nextInt(20)));
    }
    return batch;
  }

  private int valueSize() {
    int kind = random.nextInt(100);
    return kind < 10
        ? 0
        : kind < 75
            ? random.nextInt(300)
            : kind < 96 ? random.nextInt(3000) : 3900 + random.nextInt(MAX_RECORD_BYTES - 3900 + 1);
  }

  private Record record(int valueSize) {
    ByteBuffer key = random.nextBoolean() ? null : text(random.nextInt(20));
    List<Header> headers = new ArrayList<>();
    int count = chance(3) ? 1 + random.nextInt(3) : 0;
    for (int i = 0; i < count; i++) {
      ByteBuffer name = StandardCharsets.UTF_8.encode("header-" + i);
      headers.add(new Header(name, text(random.nextInt(chance(20) ? 1000 : 30))));
    }
    byte[] value = new byte[valueSize];
    random.nextBytes(value);
    return new Record(key, headers, ByteBuffer.wrap(value));
  }

  private ByteBuffer text(int length) {
    byte[] letters = new byte[length];
    for (int i = 0; i < length; i++) {
      letters[i] = (byte) ('a' + random.nextInt(26));
    }
    return ByteBuffer.wrap(letters);
  }

  private Setting anyOf(Setting... settings) {
    return settings[random.nextInt(settings.length)];
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }
}

package io.dislog.command;

import io.dislog.api.Setting;
import io.dislog.command.Command.Append;
import io.dislog.command.Command.ProducerStamp;
import io.dislog.log.Record;
import io.dislog.log.Record.Header;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command as bytes, by which replicas tell each other: a tag byte, then the components in order,
 * big-endian; bytes and texts (UTF-8) with their size as u32 before them.
 *
 * <pre>
 *   1 append         u8 bit 0: expected offset, bit 1: producer, bit 2: sequence, bit 3: closes,
 *                    bit 4: the producer's owner;
 *                    [u64] [text, u64, u64 [text]] [text] u64 size, u32 count, count x record
 *   2 configure      u8 count x {u8 setting, u64 value}, u8 count x u8 setting given back
 *   3 trim           u64 before
 *   4 seal
 *   5 seal aged
 *   6 retain         u64 before
 *   7 move consumer  text, u8 0 earliest, 1 latest, 2 at u64, u8 0 or 1 if at u64
 *   8 forget consumer text
 *   9 retain         u64 before, u64 active and u64 end of a sighting
 *   10 close         u8 bit 0: expected offset, bit 1: producer, bit 4: the producer's owner;
 *                    [u64] [text, u64, u64 [text]]
 *   11 use
 *   12 fork          text
 *   13 unfork        text
 *   14 retire
 *   15 inherit       u64 time, u32 count, count x record
 *   16 publish
 *   record           u8 bit 0: a key; [bytes] u32 count x {bytes, bytes} bytes
 * </pre>
 */
public final class CommandFormat {

  private static final int SEQUENCE = 1 << 2;
  private static final int CLOSES = 1 << 3;

  /** Of a record: whether there is a key, its size, the count of headers, the value's size. */
  private static final int RECORD_SIZES = 1 + 3 * Integer.BYTES;

  private CommandFormat() {}

  /** Writes a command. */
  public static void encode(Command<?> command, Encoder to) {
    switch (command) {
      case Append append -> encode(append, to.putByte(1));
      case Command.Configure(SettingsPatch patch) -> encode(patch, to.putByte(2));
      case Command.Trim(long before) -> to.putByte(3).putLong(before);
      case Command.Seal() -> to.putByte(4);
      case Command.SealAged() -> to.putByte(5);
      case Command.ApplyRetention(long before, Sighting sighting) -> {
        to.putByte(sighting == null ? 6 : 9).putLong(before);
        if (sighting != null) {
          to.putLong(sighting.active()).putLong(sighting.end());
        }
      }
      case Command.MoveConsumer move -> encode(move, to.putByte(7));
      case Command.DeleteConsumer(String name) -> to.putByte(8).putText(name);
      case Command.Close(Long expected, ProducerStamp producer) -> {
        to.putByte(10).putByte(ConditionsFormat.bits(expected, producer));
        ConditionsFormat.encode(expected, producer, to);
      }
      case Command.Use() -> to.putByte(11);
      case Command.Fork(String fork) -> to.putByte(12).putText(fork);
      case Command.Unfork(String fork) -> to.putByte(13).putText(fork);
      case Command.Retire() -> to.putByte(14);
      case Command.Inherit(List<Record> records, long time) ->
          encode(records, to.putByte(15).putLong(time));
      case Command.Publish() -> to.putByte(16);
    }
  }

  /** Reads what {@link #encode} wrote; records share the bytes. */
  public static Command<?> decode(ByteBuffer from) {
    byte tag = from.get();
    return switch (tag) {
      case 1 -> append(from);
      case 2 -> new Command.Configure(patch(from));
      case 3 -> new Command.Trim(from.getLong());
      case 4 -> new Command.Seal();
      case 5 -> new Command.SealAged();
      case 6 -> new Command.ApplyRetention(from.getLong());
      case 7 -> new Command.MoveConsumer(text(from), position(from), optionalLong(from));
      case 8 -> new Command.DeleteConsumer(text(from));
      case 9 ->
          new Command.ApplyRetention(from.getLong(), new Sighting(from.getLong(), from.getLong()));
      case 10 -> {
        int bits = from.get();
        yield new Command.Close(
            ConditionsFormat.expectedOffset(bits, from), ConditionsFormat.producer(bits, from));
      }
      case 11 -> new Command.Use();
      case 12 -> new Command.Fork(text(from));
      case 13 -> new Command.Unfork(text(from));
      case 14 -> new Command.Retire();
      case 15 -> {
        long time = from.getLong();
        yield new Command.Inherit(records(from), time);
      }
      case 16 -> new Command.Publish();
      default ->
          throw new IllegalArgumentException(
              "a command of kind " + tag + " is unknown to this version");
    };
  }

  /** Writes settings as a count and as many codes with their values. */
  public static void encode(LogSettings settings, Encoder to) {
    encode(settings.values(), to);
  }

  /** Reads settings. */
  public static LogSettings settings(ByteBuffer from) {
    return new LogSettings(values(from));
  }

  /** Reads a text. */
  public static String text(ByteBuffer from) {
    return StandardCharsets.UTF_8.decode(sized(from)).toString();
  }

  private static void encode(Append append, Encoder to) {
    Long expected = append.expectedOffset();
    ProducerStamp producer = append.producer();
    String sequence = append.sequence();
    to.putByte(
        ConditionsFormat.bits(expected, producer)
            | (sequence == null ? 0 : SEQUENCE)
            | (append.closes() ? CLOSES : 0));
    ConditionsFormat.encode(expected, producer, to);
    if (sequence != null) {
      to.putText(sequence);
    }
    encode(append.records(), to.putLong(append.size()));
  }

  private static Append append(ByteBuffer from) {
    int bits = from.get();
    Long expected = ConditionsFormat.expectedOffset(bits, from);
    ProducerStamp producer = ConditionsFormat.producer(bits, from);
    String sequence = (bits & SEQUENCE) == 0 ? null : text(from);
    long size = from.getLong();
    return new Append(records(from), expected, producer, sequence, (bits & CLOSES) != 0, size);
  }

  /** How many bytes the records of a command take. */
  public static long recordBytes(Command<?> command) {
    return switch (command) {
      case Append append -> bytes(append.records());
      case Command.Inherit inherit -> bytes(inherit.records());
      default -> 0;
    };
  }

  /** How many bytes records take, their count included. */
  public static long bytes(List<Record> records) {
    long bytes = Integer.BYTES;
    for (Record record : records) {
      bytes += record.size() + RECORD_SIZES;
      bytes += 2L * Integer.BYTES * record.headers().size();
    }
    return bytes;
  }

  /** Writes records as a count and each of them. */
  static void encode(List<Record> records, Encoder to) {
    to.putInt(records.size());
    for (Record record : records) {
      encode(record, to);
    }
  }

  /** Reads records; they share the bytes. */
  static List<Record> records(ByteBuffer from) {
    int count = from.getInt();
    List<Record> records = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      records.add(record(from));
    }
    return records;
  }

  private static void encode(Record record, Encoder to) {
    ByteBuffer key = record.key();
    to.putByte(key == null ? 0 : 1);
    if (key != null) {
      to.putSized(key);
    }
    to.putInt(record.headers().size());
    for (Header header : record.headers()) {
      to.putSized(header.name()).putSized(header.value());
    }
    to.putSized(record.value());
  }

  private static Record record(ByteBuffer from) {
    ByteBuffer key = from.get() == 0 ? null : sized(from);
    List<Header> headers = new ArrayList<>();
    for (int left = from.getInt(); left > 0; left--) {
      headers.add(new Header(sized(from), sized(from)));
    }
    return new Record(key, headers, sized(from));
  }

  /** Writes a change of settings. */
  public static void encode(SettingsPatch patch, Encoder to) {
    encode(patch.set(), to);
    to.putByte(patch.reset().size());
    patch.reset().forEach(setting -> to.putByte(setting.code()));
  }

  /** Reads a change of settings. */
  public static SettingsPatch patch(ByteBuffer from) {
    Map<Setting, Long> set = values(from);
    Set<Setting> reset = new HashSet<>();
    for (int left = from.get(); left > 0; left--) {
      reset.add(Setting.of(from.get()));
    }
    return new SettingsPatch(set, reset);
  }

  private static void encode(Map<Setting, Long> values, Encoder to) {
    to.putByte(values.size());
    values.forEach((setting, value) -> to.putByte(setting.code()).putLong(value));
  }

  private static Map<Setting, Long> values(ByteBuffer from) {
    Map<Setting, Long> values = new EnumMap<>(Setting.class);
    for (int left = from.get(); left > 0; left--) {
      values.put(Setting.of(from.get()), from.getLong());
    }
    return values;
  }

  private static void encode(Command.MoveConsumer move, Encoder to) {
    to.putText(move.name());
    switch (move.to()) {
      case OffsetSpec.Earliest() -> to.putByte(0);
      case OffsetSpec.Latest() -> to.putByte(1);
      case OffsetSpec.At(long offset) -> to.putByte(2).putLong(offset);
    }
    Long ifAt = move.ifAt();
    to.putByte(ifAt == null ? 0 : 1);
    if (ifAt != null) {
      to.putLong(ifAt);
    }
  }

  private static OffsetSpec position(ByteBuffer from) {
    return switch (from.get()) {
      case 0 -> new OffsetSpec.Earliest();
      case 1 -> new OffsetSpec.Latest();
      default -> new OffsetSpec.At(from.getLong());
    };
  }

  private static @Nullable Long optionalLong(ByteBuffer from) {
    return from.get() == 0 ? null : from.getLong();
  }

  private static ByteBuffer sized(ByteBuffer from) {
    int size = from.getInt();
    ByteBuffer bytes = from.slice(from.position(), size);
    from.position(from.position() + size);
    return bytes;
  }
}

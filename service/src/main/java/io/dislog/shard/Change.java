package io.dislog.shard;

import io.dislog.api.Setting;
import io.dislog.command.Consumer;
import io.dislog.command.LogSettings;
import io.dislog.command.Sighting;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;

/**
 * A change of a log's state beside its records, as the journal keeps it: a tag byte, then the
 * components in order, big-endian, text as length and modified UTF-8.
 */
sealed interface Change {

  /** The log was created; its id tells it from other logs that bore its name. */
  record Created(long id) implements Change {}

  /** The log's own settings are these. */
  record Configured(LogSettings own) implements Change {}

  /** The earliest offset is this one. */
  record Trimmed(long earliest) implements Change {}

  /** Batches below this offset need no entry of their own any more. */
  record NamedBelow(long endOffset) implements Change {}

  /** A consumer stands here. */
  record Moved(Consumer consumer) implements Change {}

  /** A consumer was deleted. */
  record Forgotten(String consumer) implements Change {}

  /**
   * An idempotent producer's request was appended.
   *
   * @param time of its records
   * @param heardAt when the clock said that the producer sent it: before that time, where the clock
   *     is behind the log's newest record
   * @param forgotten so many producers, the longest silent ones, were forgotten for it
   */
  record Produced(
      String producer,
      long epoch,
      long seq,
      long baseOffset,
      int count,
      long time,
      long heardAt,
      int forgotten)
      implements Change {

    long endOffset() {
      return baseOffset + count;
    }
  }

  /**
   * A run of retention saw that the log's newest time is ahead of the clock.
   *
   * @param at when, as the clock said
   */
  record Sighted(Sighting sighting, long at) implements Change {}

  /**
   * All commands up to this position of the shard's history are in the log, which ends here and has
   * all of that durably. For logs whose commands are replayed after a crash.
   */
  record Mark(long position, long endOffset) implements Change {}

  /** Likewise of a whole shard: all entries of its history up to this one. */
  record Checkpointed(Checkpoint at) implements Change {}

  /**
   * The checkpoint that is told next leaves a damaged log out: that log is good for something only
   * if it has a mark at this position of the shard's history, or behind it.
   */
  record Passed(String log, long position) implements Change {}

  default byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Memory does not fail.
    }
    return bytes.toByteArray();
  }

  private void write(DataOutputStream out) throws IOException {
    switch (this) {
      case Created(long id) -> {
        out.writeByte(1);
        out.writeLong(id);
      }
      case Configured(LogSettings own) -> {
        out.writeByte(2);
        out.writeByte(own.values().size());
        for (Map.Entry<Setting, Long> entry : own.values().entrySet()) {
          out.writeByte(entry.getKey().code());
          out.writeLong(entry.getValue());
        }
      }
      case Trimmed(long earliest) -> {
        out.writeByte(3);
        out.writeLong(earliest);
      }
      case NamedBelow(long endOffset) -> {
        out.writeByte(7);
        out.writeLong(endOffset);
      }
      case Sighted(Sighting(long active, long end), long at) -> {
        out.writeByte(11);
        out.writeLong(active);
        out.writeLong(end);
        out.writeLong(at);
      }
      case Passed(String log, long position) -> {
        out.writeByte(12);
        out.writeUTF(log);
        out.writeLong(position);
      }
      case Mark(long position, long endOffset) -> {
        out.writeByte(8);
        out.writeLong(position);
        out.writeLong(endOffset);
      }
      case Checkpointed(Checkpoint at) -> {
        out.writeByte(9);
        out.writeLong(at.term());
        out.writeLong(at.index());
      }
      case Moved(Consumer consumer) -> {
        out.writeByte(4);
        out.writeUTF(consumer.name());
        out.writeLong(consumer.offset());
        out.writeLong(consumer.updatedAt());
      }
      case Forgotten(String consumer) -> {
        out.writeByte(5);
        out.writeUTF(consumer);
      }
      case Produced produced -> write(produced, out);
    }
  }

  private static void write(Produced produced, DataOutputStream out) throws IOException {
    boolean plain = produced.heardAt() == produced.time() && produced.forgotten() == 0;
    out.writeByte(plain ? 6 : 10);
    out.writeUTF(produced.producer());
    out.writeLong(produced.epoch());
    out.writeLong(produced.seq());
    out.writeLong(produced.baseOffset());
    out.writeInt(produced.count());
    out.writeLong(produced.time());
    if (!plain) {
      out.writeLong(produced.heardAt());
      out.writeByte(produced.forgotten());
    }
  }

  /** Reads what {@link #encode} wrote. */
  static Change decode(ByteBuffer from) {
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int tag = in.readByte();
      return switch (tag) {
        case 1 -> new Created(in.readLong());
        case 2 -> new Configured(settings(in));
        case 3 -> new Trimmed(in.readLong());
        case 4 -> new Moved(new Consumer(in.readUTF(), in.readLong(), in.readLong()));
        case 5 -> new Forgotten(in.readUTF());
        case 6, 10 -> produced(in, tag == 6);
        case 7 -> new NamedBelow(in.readLong());
        case 8 -> new Mark(in.readLong(), in.readLong());
        case 9 -> new Checkpointed(new Checkpoint(in.readLong(), in.readLong()));
        case 11 -> new Sighted(new Sighting(in.readLong(), in.readLong()), in.readLong());
        case 12 -> new Passed(in.readUTF(), in.readLong());
        default -> throw new IOException("a change of kind " + tag + " is unknown to this version");
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Produced produced(DataInputStream in, boolean plain) throws IOException {
    String producer = in.readUTF();
    long epoch = in.readLong();
    long seq = in.readLong();
    long baseOffset = in.readLong();
    int count = in.readInt();
    long time = in.readLong();
    long heardAt = plain ? time : in.readLong();
    int forgotten = plain ? 0 : in.readUnsignedByte();
    return new Produced(producer, epoch, seq, baseOffset, count, time, heardAt, forgotten);
  }

  private static LogSettings settings(DataInputStream in) throws IOException {
    Map<Setting, Long> values = new EnumMap<>(Setting.class);
    for (int left = in.readUnsignedByte(); left > 0; left--) {
      values.put(Setting.of(in.readByte()), in.readLong());
    }
    return new LogSettings(values);
  }
}

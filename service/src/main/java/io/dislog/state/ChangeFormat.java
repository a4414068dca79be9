package io.dislog.state;

import io.dislog.api.Setting;
import io.dislog.command.Consumer;
import io.dislog.command.CreationFormat;
import io.dislog.command.Encoder;
import io.dislog.command.LogSettings;
import io.dislog.command.LogTraits;
import io.dislog.command.Sighting;
import io.dislog.state.Change.Characterized;
import io.dislog.state.Change.Checkpointed;
import io.dislog.state.Change.Closed;
import io.dislog.state.Change.Configured;
import io.dislog.state.Change.Created;
import io.dislog.state.Change.Forgotten;
import io.dislog.state.Change.Forked;
import io.dislog.state.Change.Mark;
import io.dislog.state.Change.Moved;
import io.dislog.state.Change.NamedBelow;
import io.dislog.state.Change.Passed;
import io.dislog.state.Change.Produced;
import io.dislog.state.Change.Retired;
import io.dislog.state.Change.Sequenced;
import io.dislog.state.Change.Sighted;
import io.dislog.state.Change.Staged;
import io.dislog.state.Change.Together;
import io.dislog.state.Change.Trimmed;
import io.dislog.state.Change.Unforked;
import io.dislog.state.Change.Used;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A change as a journal keeps it: a tag byte, then the components in order, big-endian, text as
 * length and modified UTF-8, what has a format of its own with its size as u32 before it.
 */
final class ChangeFormat {

  private ChangeFormat() {}

  static byte[] encode(Change change) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(change, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Memory does not fail.
    }
    return bytes.toByteArray();
  }

  private static void write(Change change, DataOutputStream out) throws IOException {
    switch (change) {
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
      case Together together -> write(together, out);
      case Characterized _, Used _, Sequenced _, Closed _ -> writeOfFinite(change, out);
      case Forked _, Unforked _, Retired _, Staged _ -> writeOfForks(change, out);
    }
  }

  /** What only logs have that are finite, or made as streams. */
  private static void writeOfFinite(Change change, DataOutputStream out) throws IOException {
    switch (change) {
      case Characterized(LogTraits traits) -> {
        Encoder to = new Encoder();
        CreationFormat.encode(traits, to);
        out.writeByte(13);
        writeSized(to.finish(), out);
      }
      case Used(long at) -> {
        out.writeByte(14);
        out.writeLong(at);
      }
      case Sequenced(String sequence, long baseOffset, int count) -> {
        out.writeByte(15);
        out.writeUTF(sequence);
        out.writeLong(baseOffset);
        out.writeInt(count);
      }
      case Closed(long baseOffset, int count) -> {
        out.writeByte(16);
        out.writeLong(baseOffset);
        out.writeInt(count);
      }
      default -> throw new IllegalArgumentException(change + " is not of a finite log");
    }
  }

  private static void writeOfForks(Change change, DataOutputStream out) throws IOException {
    switch (change) {
      case Forked(String fork, long at) -> {
        out.writeByte(18);
        out.writeUTF(fork);
        out.writeLong(at);
      }
      case Unforked(String fork) -> {
        out.writeByte(19);
        out.writeUTF(fork);
      }
      case Retired() -> out.writeByte(20);
      case Staged(boolean isStaged) -> {
        out.writeByte(21);
        out.writeBoolean(isStaged);
      }
      default -> throw new IllegalArgumentException(change + " is not of forks");
    }
  }

  private static void write(Together together, DataOutputStream out) throws IOException {
    out.writeByte(17);
    out.writeByte(together.changes().size());
    for (Change part : together.changes()) {
      writeSized(ByteBuffer.wrap(encode(part)), out);
    }
  }

  private static void write(Produced produced, DataOutputStream out) throws IOException {
    boolean plain = produced.heardAt() == produced.time() && produced.forgotten() == 0;
    String owner = produced.owner();
    out.writeByte(owner != null ? 22 : plain ? 6 : 10);
    out.writeUTF(produced.producer());
    out.writeLong(produced.epoch());
    out.writeLong(produced.seq());
    out.writeLong(produced.baseOffset());
    out.writeInt(produced.count());
    out.writeLong(produced.time());
    if (!plain || owner != null) {
      out.writeLong(produced.heardAt());
      out.writeByte(produced.forgotten());
    }
    if (owner != null) {
      out.writeUTF(owner);
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
        case 6, 10, 22 -> produced(in, tag);
        case 7 -> new NamedBelow(in.readLong());
        case 8 -> new Mark(in.readLong(), in.readLong());
        case 9 -> new Checkpointed(new Checkpoint(in.readLong(), in.readLong()));
        case 11 -> new Sighted(new Sighting(in.readLong(), in.readLong()), in.readLong());
        case 12 -> new Passed(in.readUTF(), in.readLong());
        case 13 -> new Characterized(CreationFormat.traits(sized(in)));
        case 14 -> new Used(in.readLong());
        case 15 -> new Sequenced(in.readUTF(), in.readLong(), in.readInt());
        case 16 -> new Closed(in.readLong(), in.readInt());
        case 17 -> together(in);
        case 18 -> new Forked(in.readUTF(), in.readLong());
        case 19 -> new Unforked(in.readUTF());
        case 20 -> new Retired();
        case 21 -> new Staged(in.readBoolean());
        default -> throw new IOException("a change of kind " + tag + " is unknown to this version");
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Produced produced(DataInputStream in, int tag) throws IOException {
    boolean plain = tag == 6;
    String producer = in.readUTF();
    long epoch = in.readLong();
    long seq = in.readLong();
    long baseOffset = in.readLong();
    int count = in.readInt();
    long time = in.readLong();
    long heardAt = plain ? time : in.readLong();
    int forgotten = plain ? 0 : in.readUnsignedByte();
    String owner = tag == 22 ? in.readUTF() : null;
    return new Produced(producer, epoch, seq, baseOffset, count, time, heardAt, forgotten, owner);
  }

  private static LogSettings settings(DataInputStream in) throws IOException {
    Map<Setting, Long> values = new EnumMap<>(Setting.class);
    for (int left = in.readUnsignedByte(); left > 0; left--) {
      values.put(Setting.of(in.readByte()), in.readLong());
    }
    return new LogSettings(values);
  }

  private static Together together(DataInputStream in) throws IOException {
    List<Change> changes = new ArrayList<>();
    for (int left = in.readUnsignedByte(); left > 0; left--) {
      changes.add(decode(sized(in)));
    }
    return new Together(changes);
  }

  private static void writeSized(ByteBuffer bytes, DataOutputStream out) throws IOException {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    out.writeInt(copy.length);
    out.write(copy);
  }

  private static ByteBuffer sized(DataInputStream in) throws IOException {
    return ByteBuffer.wrap(in.readNBytes(in.readInt()));
  }
}

package io.dislog.command;

import io.dislog.command.Command.ProducerStamp;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a log before anything is appended to it, as bytes: bits of what there is, among
 * others that a command has, and behind them that. {@link CommandFormat} says how.
 */
final class ConditionsFormat {

  private static final int EXPECTED = 1;
  private static final int PRODUCER = 1 << 1;
  private static final int OWNED = 1 << 4;

  private ConditionsFormat() {}

  static int bits(@Nullable Long expected, @Nullable ProducerStamp producer) {
    return (expected == null ? 0 : EXPECTED)
        | (producer == null ? 0 : PRODUCER)
        | (producer == null || producer.owner() == null ? 0 : OWNED);
  }

  static void encode(@Nullable Long expected, @Nullable ProducerStamp producer, Encoder to) {
    if (expected != null) {
      to.putLong(expected);
    }
    if (producer != null) {
      to.putText(producer.id()).putLong(producer.epoch()).putLong(producer.seq());
      if (producer.owner() != null) {
        to.putText(producer.owner());
      }
    }
  }

  static @Nullable Long expectedOffset(int bits, ByteBuffer from) {
    return (bits & EXPECTED) == 0 ? null : from.getLong();
  }

  static @Nullable ProducerStamp producer(int bits, ByteBuffer from) {
    if ((bits & PRODUCER) == 0) {
      return null;
    }
    String id = CommandFormat.text(from);
    long epoch = from.getLong();
    long seq = from.getLong();
    String owner = (bits & OWNED) == 0 ? null : CommandFormat.text(from);
    return new ProducerStamp(id, epoch, seq, owner);
  }
}

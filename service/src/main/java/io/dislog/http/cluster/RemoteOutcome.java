package io.dislog.http.cluster;

import io.dislog.command.Command.Appended;
import io.dislog.command.Encoder;
import io.dislog.http.exchange.LogEnds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of an append at the leader. Immutable.
 *
 * <pre>
 *   many      an outcome for each append, in their order
 *   outcome   u8 0 refused | u8 1 unknown |
 *             u8 2 placed, u64 base offset, u32 count, u64 time, u8 duplicate, u64 last sequence,
 *             u64 earliest offset, u64 end offset, u8 closed
 * </pre>
 */
sealed interface RemoteOutcome {

  /** It was not carried out, and never will be. */
  record Refused() implements RemoteOutcome {}

  /** Nobody knows whether it is carried out. */
  record Unknown() implements RemoteOutcome {}

  /** It was carried out, now or by an earlier request. */
  record Placed(Appended appended, LogEnds ends) implements RemoteOutcome {}

  /** Writes them. */
  static ByteBuffer encode(List<RemoteOutcome> outcomes) {
    Encoder to = new Encoder();
    for (RemoteOutcome outcome : outcomes) {
      switch (outcome) {
        case Refused() -> to.putByte(0);
        case Unknown() -> to.putByte(1);
        case Placed(Appended appended, LogEnds ends) -> {
          encode(appended, to.putByte(2));
          to.putLong(ends.earliestOffset())
              .putLong(ends.endOffset())
              .putByte(ends.closed() ? 1 : 0);
        }
      }
    }
    return to.finish();
  }

  private static void encode(Appended appended, Encoder to) {
    to.putLong(appended.baseOffset())
        .putInt(appended.count())
        .putLong(appended.time())
        .putByte(appended.duplicate() ? 1 : 0)
        .putLong(appended.lastSeq());
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws RuntimeException of a buffer where bytes are missing
   */
  static List<RemoteOutcome> decode(ByteBuffer from) {
    List<RemoteOutcome> outcomes = new ArrayList<>();
    while (from.hasRemaining()) {
      outcomes.add(
          switch (from.get()) {
            case 0 -> new Refused();
            case 2 -> placed(from);
            default -> new Unknown();
          });
    }
    return outcomes;
  }

  private static Placed placed(ByteBuffer from) {
    Appended appended =
        new Appended(
            from.getLong(), from.getInt(), from.getLong(), from.get() != 0, from.getLong());
    return new Placed(appended, new LogEnds(from.getLong(), from.getLong(), from.get() != 0));
  }
}

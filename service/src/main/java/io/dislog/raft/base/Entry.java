package io.dislog.raft.base;

import io.dislog.command.Encoder;
import io.dislog.state.ProducerLimits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What the nodes of a shard agree on at once: items, and the time at which all of them happen.
 *
 * <pre>
 *   u8 format version, u64 time in milliseconds since 1970,
 *   [u64 after how many milliseconds a producer is forgotten, u32 how many a log remembers]
 *   u32 count, count x {@link Item}
 * </pre>
 *
 * What is in brackets is there from version 2 on; versions 3 and 4 have items that an earlier one
 * does not know. A leader writes no newer one than it knows that all members read, see {@link
 * EntryVersion}.
 *
 * @param version of the format
 * @param time as the members' clocks agree on it, where the leader knows what they say
 * @param producers as the leader has them; none in version 1
 */
public record Entry(int version, long time, ProducerLimits producers, List<PendingItem<?>> items) {

  private static final int HEADER_BYTES = 1 + 2 * Long.BYTES + 2 * Integer.BYTES;

  /** An entry of a version, which says of producers what that version can. */
  public Entry {
    producers = version < EntryVersion.WITH_LIMITS ? ProducerLimits.NONE : producers;
  }

  public ByteBuffer encode() {
    long expected = HEADER_BYTES;
    for (PendingItem<?> asked : items) {
      expected += asked.item().expectedBytes();
    }
    Encoder to = new Encoder(expected).putByte(version).putLong(time);
    if (version >= EntryVersion.WITH_LIMITS) {
      to.putLong(producers.expiryMillis()).putInt(producers.most());
    }
    to.putInt(items.size());
    items.forEach(asked -> asked.item().encode(to));
    return to.finish();
  }

  /** Reads what {@link #encode} wrote; records share the bytes. */
  public static Entry decode(ByteBuffer from) {
    byte version = from.get();
    if (version < EntryVersion.OLDEST || version > EntryVersion.NEWEST) {
      throw new IllegalArgumentException(
          "an entry of format %d, and this version reads up to %d"
              .formatted(version, EntryVersion.NEWEST));
    }
    long time = from.getLong();
    ProducerLimits producers =
        version < EntryVersion.WITH_LIMITS
            ? ProducerLimits.NONE
            : new ProducerLimits(from.getLong(), from.getInt());
    List<PendingItem<?>> items = new ArrayList<>();
    for (int left = from.getInt(); left > 0; left--) {
      items.add(new PendingItem<>(Item.decode(from)));
    }
    return new Entry(version, time, producers, items);
  }

  /** Ends what waits and has no answer yet. */
  public void fail(Throwable why) {
    items.forEach(asked -> asked.answer().completeExceptionally(why));
  }
}

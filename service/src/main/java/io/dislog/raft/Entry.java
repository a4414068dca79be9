package io.dislog.raft;

import io.dislog.shard.Encoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What the nodes of a shard agree on at once: items, and the time at which all of them happen.
 *
 * <pre>
 *   u8 format version, u64 time in milliseconds since 1970, u32 count, count x {@link Item}
 * </pre>
 *
 * @param time as the members' clocks agree on it, where the leader knows what they say
 */
record Entry(long time, List<Asked<?>> items) {

  private static final byte VERSION = 1;

  ByteBuffer encode() {
    Encoder to = new Encoder().putByte(VERSION).putLong(time).putInt(items.size());
    items.forEach(asked -> asked.item().encode(to));
    return to.finish();
  }

  /** Reads what {@link #encode} wrote; records share the bytes. */
  static Entry decode(ByteBuffer from) {
    byte version = from.get();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "an entry of format %d, and this version reads %d".formatted(version, VERSION));
    }
    long time = from.getLong();
    List<Asked<?>> items = new ArrayList<>();
    for (int left = from.getInt(); left > 0; left--) {
      items.add(new Asked<>(Item.decode(from)));
    }
    return new Entry(time, items);
  }

  /** Ends what waits and has no answer yet. */
  void fail(Throwable why) {
    items.forEach(asked -> asked.answer().completeExceptionally(why));
  }
}

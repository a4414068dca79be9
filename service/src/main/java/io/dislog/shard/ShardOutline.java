package io.dislog.shard;

import io.dislog.command.CommandFormat;
import io.dislog.command.Encoder;
import io.dislog.command.LogSettings;
import io.dislog.log.StoreOutline;
import io.dislog.state.Checkpoint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a shard holds after one entry of its history, without the records: by it another node finds
 * out what it lacks.
 *
 * <pre>
 *   u8 format version, u64 term, u64 index, settings, u32 count, count x log
 *   log:    text name, text id, u32 count, count x bytes (a change), u32 count, count x store
 *   store:  u64 base offset, u32 count, u64 size
 * </pre>
 *
 * @param at the entry
 * @param patchedDefaults what was changed of the server's defaults
 * @param logs in name order
 */
public record ShardOutline(Checkpoint at, LogSettings patchedDefaults, List<LogOutline> logs) {

  private static final byte VERSION = 1;

  public ShardOutline {
    logs = List.copyOf(logs);
  }

  public ByteBuffer encode() {
    Encoder to = new Encoder().putByte(VERSION).putLong(at.term()).putLong(at.index());
    CommandFormat.encode(patchedDefaults, to);
    to.putInt(logs.size());
    for (LogOutline log : logs) {
      to.putText(log.name()).putText(log.id()).putInt(log.state().size());
      log.state().forEach(change -> to.putSized(ByteBuffer.wrap(change)));
      to.putInt(log.stores().size());
      for (StoreOutline store : log.stores()) {
        to.putLong(store.baseOffset()).putInt(store.count()).putLong(store.size());
      }
    }
    return to.finish();
  }

  /** Reads what {@link #encode} wrote. */
  public static ShardOutline decode(ByteBuffer from) {
    byte version = from.get();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "an outline of format %d, and this version reads %d".formatted(version, VERSION));
    }
    Checkpoint at = new Checkpoint(from.getLong(), from.getLong());
    LogSettings defaults = CommandFormat.settings(from);
    List<LogOutline> logs = new ArrayList<>();
    for (int left = from.getInt(); left > 0; left--) {
      logs.add(log(from));
    }
    return new ShardOutline(at, defaults, logs);
  }

  private static LogOutline log(ByteBuffer from) {
    String name = CommandFormat.text(from);
    String id = CommandFormat.text(from);
    List<byte[]> state = new ArrayList<>();
    for (int left = from.getInt(); left > 0; left--) {
      byte[] change = new byte[from.getInt()];
      from.get(change);
      state.add(change);
    }
    List<StoreOutline> stores = new ArrayList<>();
    for (int left = from.getInt(); left > 0; left--) {
      stores.add(new StoreOutline(from.getLong(), from.getInt(), from.getLong()));
    }
    return new LogOutline(name, id, state, stores);
  }

  /**
   * What a log holds.
   *
   * @param id tells it from others that bore its name
   * @param state its journal's entries
   * @param stores of its segments, in offset order
   */
  public record LogOutline(String name, String id, List<byte[]> state, List<StoreOutline> stores) {

    public LogOutline {
      state = List.copyOf(state);
      stores = List.copyOf(stores);
    }
  }
}

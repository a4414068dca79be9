package io.dislog.raft.base;

import io.dislog.command.Command;
import io.dislog.command.Command.Done;
import io.dislog.command.CommandFormat;
import io.dislog.command.Encoder;
import io.dislog.command.LogSettings;
import io.dislog.command.SettingsPatch;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One of the things that an entry asks of a shard. Immutable.
 *
 * @param <R> what is answered
 */
public sealed interface Item<R> {

  /**
   * A command to a log.
   *
   * @param id tells the log from others that bore its name
   */
  record OnLog<R>(String log, String id, Command<R> command) implements Item<R> {}

  /**
   * Creates a log, or finds it.
   *
   * @param own its own settings, or null where any will do
   */
  record Create(String log, @Nullable LogSettings own) implements Item<Boolean> {}

  /** Deletes a log. */
  record Delete(String log) implements Item<Done> {}

  /** Changes the defaults; for the first shard, from which the others have them. */
  record PatchDefaults(SettingsPatch patch) implements Item<Done> {}

  /** Takes over what was changed of the defaults. */
  record AdoptDefaults(LogSettings patched) implements Item<Done> {}

  /** Writes a tag byte and the components. */
  default void encode(Encoder to) {
    switch (this) {
      case OnLog<R>(String log, String id, Command<R> command) -> {
        to.putByte(1).putText(log).putText(id);
        CommandFormat.encode(command, to);
      }
      case Create(String log, LogSettings own) -> {
        to.putByte(own == null ? 2 : 3).putText(log);
        if (own != null) {
          CommandFormat.encode(own, to);
        }
      }
      case Delete(String log) -> to.putByte(4).putText(log);
      case PatchDefaults(SettingsPatch patch) -> CommandFormat.encode(patch, to.putByte(5));
      case AdoptDefaults(LogSettings patched) -> CommandFormat.encode(patched, to.putByte(6));
    }
  }

  /** Reads what {@link #encode} wrote. */
  static Item<?> decode(ByteBuffer from) {
    byte tag = from.get();
    return switch (tag) {
      case 1 ->
          new OnLog<>(
              CommandFormat.text(from), CommandFormat.text(from), CommandFormat.decode(from));
      case 2 -> new Create(CommandFormat.text(from), null);
      case 3 -> new Create(CommandFormat.text(from), CommandFormat.settings(from));
      case 4 -> new Delete(CommandFormat.text(from));
      case 5 -> new PatchDefaults(CommandFormat.patch(from));
      case 6 -> new AdoptDefaults(CommandFormat.settings(from));
      default ->
          throw new IllegalArgumentException(
              "an item of kind " + tag + " is unknown to this version");
    };
  }
}

package io.dislog.raft.base;

import io.dislog.command.Command;
import io.dislog.command.Command.Done;
import io.dislog.command.CommandFormat;
import io.dislog.command.Creation;
import io.dislog.command.CreationFormat;
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

  /** Bytes of an item beside its log, the log's id and records, as most have them at most. */
  int REST_BYTES = 128;

  /**
   * A command to a log.
   *
   * @param id tells the log from others that bore its name
   */
  record OnLog<R>(String log, String id, Command<R> command) implements Item<R> {

    @Override
    public OnLog<R> unowned() {
      return new OnLog<>(log, id, command.unowned());
    }
  }

  /**
   * Creates a log, or finds it.
   *
   * @param creation how it is to be
   */
  record Create(String log, Creation creation) implements Item<Boolean> {}

  /**
   * Deletes a log if its time has passed. Answers whether it was deleted.
   *
   * @param id tells the log from others that bore its name
   */
  record Expire(String log, String id) implements Item<Boolean> {}

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
      case Create create when create.creation().isPlain() -> encodePlain(create, to);
      case Create(String log, Creation creation) ->
          CreationFormat.encode(creation, to.putByte(7).putText(log));
      case Expire(String log, String id) -> to.putByte(8).putText(log).putText(id);
      case Delete(String log) -> to.putByte(4).putText(log);
      case PatchDefaults(SettingsPatch patch) -> CommandFormat.encode(patch, to.putByte(5));
      case AdoptDefaults(LogSettings patched) -> CommandFormat.encode(patched, to.putByte(6));
    }
  }

  private static void encodePlain(Create create, Encoder to) {
    LogSettings own = create.creation().own();
    to.putByte(own == null ? 2 : 3).putText(create.log());
    if (own != null) {
      CommandFormat.encode(own, to);
    }
  }

  /** How many bytes {@link #encode} writes, rather more than fewer. */
  default long expectedBytes() {
    return switch (this) {
      case OnLog<?>(String log, String id, Command<?> command) ->
          REST_BYTES + log.length() + id.length() + CommandFormat.recordBytes(command);
      case Create(String log, Creation creation) ->
          REST_BYTES + log.length() + CommandFormat.bytes(creation.content());
      case Expire _, Delete _, PatchDefaults _, AdoptDefaults _ -> REST_BYTES;
    };
  }

  /** The same as all versions have it that do not know to whom a producer belongs. */
  default Item<R> unowned() {
    return this;
  }

  /** The first version of entries that may have it; a newer one may, too. */
  default int version() {
    return switch (this) {
      case Create create ->
          create.creation().isPlain() ? EntryVersion.OLDEST : EntryVersion.WITH_FINITE_LOGS;
      case OnLog<?>(String log, String id, Command<?> command) -> version(command);
      case Expire _ -> EntryVersion.WITH_FINITE_LOGS;
      case Delete _, PatchDefaults _, AdoptDefaults _ -> EntryVersion.OLDEST;
    };
  }

  private static int version(Command<?> command) {
    return switch (command) {
      case Command.Append append when isOwned(append.producer()) -> EntryVersion.WITH_OWNERS;
      case Command.Close close when isOwned(close.producer()) -> EntryVersion.WITH_OWNERS;
      case Command.Append append when append.closes() || append.sequence() != null ->
          EntryVersion.WITH_FINITE_LOGS;
      case Command.Append _,
          Command.Configure _,
          Command.Trim _,
          Command.Seal _,
          Command.SealAged _,
          Command.ApplyRetention _,
          Command.MoveConsumer _,
          Command.DeleteConsumer _ ->
          EntryVersion.OLDEST;
      case Command.Close _,
          Command.Use _,
          Command.Fork _,
          Command.Unfork _,
          Command.Retire _,
          Command.Inherit _,
          Command.Publish _ ->
          EntryVersion.WITH_FINITE_LOGS;
    };
  }

  private static boolean isOwned(Command.@Nullable ProducerStamp producer) {
    return producer != null && producer.owner() != null;
  }

  /** Reads what {@link #encode} wrote. */
  static Item<?> decode(ByteBuffer from) {
    byte tag = from.get();
    return switch (tag) {
      case 1 ->
          new OnLog<>(
              CommandFormat.text(from), CommandFormat.text(from), CommandFormat.decode(from));
      case 2 -> new Create(CommandFormat.text(from), Creation.ANY);
      case 3 -> new Create(CommandFormat.text(from), Creation.of(CommandFormat.settings(from)));
      case 7 -> new Create(CommandFormat.text(from), CreationFormat.decode(from));
      case 8 -> new Expire(CommandFormat.text(from), CommandFormat.text(from));
      case 4 -> new Delete(CommandFormat.text(from));
      case 5 -> new PatchDefaults(CommandFormat.patch(from));
      case 6 -> new AdoptDefaults(CommandFormat.settings(from));
      default ->
          throw new IllegalArgumentException(
              "an item of kind " + tag + " is unknown to this version");
    };
  }
}

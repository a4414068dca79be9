package io.dislog.command;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How a log is to be made, as bytes; like {@link CommandFormat}.
 *
 * <pre>
 *   creation   u8 bit 0: settings, bit 1: traits, bit 2: bit 3 says whether it is closed,
 *              bit 4: inherited; [settings] [traits] [u64] u32 count, count x record
 *   traits     u8 bit 0: content type, bit 1: time to live, bit 2: expires at, bit 3: path,
 *              bit 4: fork; [text] [u64] [u64] [text] [text, text, u64, u64]
 * </pre>
 */
public final class CreationFormat {

  private static final int HAS_OWN = 1;
  private static final int HAS_TRAITS = 1 << 1;
  private static final int HAS_CLOSED = 1 << 2;
  private static final int IS_CLOSED = 1 << 3;
  private static final int INHERITED = 1 << 4;

  private static final int CONTENT_TYPE = 1;
  private static final int TTL = 1 << 1;
  private static final int EXPIRES_AT = 1 << 2;
  private static final int PATH = 1 << 3;
  private static final int FORK = 1 << 4;

  private CreationFormat() {}

  /** Writes how a log is to be made. */
  public static void encode(Creation creation, Encoder to) {
    LogSettings own = creation.own();
    LogTraits traits = creation.traits();
    to.putByte(
        (own == null ? 0 : HAS_OWN)
            | (traits == null ? 0 : HAS_TRAITS)
            | (creation.closed() == null ? 0 : HAS_CLOSED)
            | (creation.isClosed() ? IS_CLOSED : 0)
            | (creation.inherited() == null ? 0 : INHERITED));
    if (own != null) {
      CommandFormat.encode(own, to);
    }
    if (traits != null) {
      encode(traits, to);
    }
    putLong(creation.inherited(), to);
    CommandFormat.encode(creation.content(), to);
  }

  /** Reads how a log is to be made; records share the bytes. */
  public static Creation decode(ByteBuffer from) {
    int bits = from.get();
    LogSettings own = (bits & HAS_OWN) == 0 ? null : CommandFormat.settings(from);
    LogTraits traits = (bits & HAS_TRAITS) == 0 ? null : traits(from);
    Boolean closed = (bits & HAS_CLOSED) == 0 ? null : (Boolean) ((bits & IS_CLOSED) != 0);
    Long inherited = (bits & INHERITED) == 0 ? null : (Long) from.getLong();
    return new Creation(own, traits, closed, CommandFormat.records(from), inherited);
  }

  /** Writes what a log is from its creation on. */
  public static void encode(LogTraits traits, Encoder to) {
    to.putByte(
        (traits.contentType() == null ? 0 : CONTENT_TYPE)
            | (traits.ttlMillis() == null ? 0 : TTL)
            | (traits.expiresAt() == null ? 0 : EXPIRES_AT)
            | (traits.path() == null ? 0 : PATH)
            | (traits.fork() == null ? 0 : FORK));
    putText(traits.contentType(), to);
    putLong(traits.ttlMillis(), to);
    putLong(traits.expiresAt(), to);
    putText(traits.path(), to);
    ForkPoint fork = traits.fork();
    if (fork != null) {
      to.putText(fork.source())
          .putText(fork.sourceId())
          .putLong(fork.offset())
          .putLong(fork.part());
    }
  }

  /** Reads what a log is from its creation on. */
  public static LogTraits traits(ByteBuffer from) {
    int bits = from.get();
    return new LogTraits(
        (bits & CONTENT_TYPE) == 0 ? null : CommandFormat.text(from),
        (bits & TTL) == 0 ? null : from.getLong(),
        (bits & EXPIRES_AT) == 0 ? null : from.getLong(),
        (bits & PATH) == 0 ? null : CommandFormat.text(from),
        (bits & FORK) == 0 ? null : forkPoint(from));
  }

  private static ForkPoint forkPoint(ByteBuffer from) {
    return new ForkPoint(
        CommandFormat.text(from), CommandFormat.text(from), from.getLong(), from.getLong());
  }

  private static void putText(@Nullable String text, Encoder to) {
    if (text != null) {
      to.putText(text);
    }
  }

  private static void putLong(@Nullable Long number, Encoder to) {
    if (number != null) {
      to.putLong(number);
    }
  }
}

package io.dislog.command;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A command or a look-up that the state does not allow: nothing was changed. */
public abstract sealed class Rejection extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private Rejection(String message) {
    super(message, null, false, false);
  }

  /** No log has this name. */
  public static final class UnknownLog extends Rejection {
    @Serial private static final long serialVersionUID = 1L;

    public UnknownLog(String name) {
      super("there is no log '%s'".formatted(name));
    }
  }

  /** The log was deleted, and its name is taken as long as it has forks. */
  public static final class LogRetired extends Rejection {
    @Serial private static final long serialVersionUID = 1L;

    public LogRetired(String name) {
      super(
          "log '%s' was deleted; its name is free once its forks are deleted, too".formatted(name));
    }
  }

  /** The log is there, but could not be opened. */
  public static final class LogUnavailable extends Rejection {
    @Serial private static final long serialVersionUID = 1L;

    public LogUnavailable(String name, String why) {
      super("log '%s' can't be served by this node: %s".formatted(name, why));
    }
  }

  /** The log exists with other settings. */
  public static final class LogConfigDiffers extends Rejection {
    @Serial private static final long serialVersionUID = 1L;

    public LogConfigDiffers(String name) {
      super("log '%s' exists with another configuration; PATCH changes it".formatted(name));
    }
  }

  /** The log has no consumer of this name. */
  public static final class UnknownConsumer extends Rejection {
    @Serial private static final long serialVersionUID = 1L;

    public UnknownConsumer(String name) {
      super("the log has no consumer '%s'".formatted(name));
    }
  }

  /** The consumer does not stand where the caller thought. */
  public static final class ConsumerMoved extends Rejection {
    @Serial private static final long serialVersionUID = 1L;
    private final @Nullable Long offset;

    public ConsumerMoved(@Nullable Long offset) {
      super(offset == null ? "the consumer does not exist" : "the consumer is at " + offset);
      this.offset = offset;
    }

    /** Where it stands, or null where it does not exist. */
    public @Nullable Long offset() {
      return offset;
    }
  }

  /** The log's end is not where the append expected it. */
  public static final class OffsetMismatch extends Rejection {
    @Serial private static final long serialVersionUID = 1L;
    private final long endOffset;

    public OffsetMismatch(long expected, long endOffset) {
      super("the end offset is %d, not %d".formatted(endOffset, expected));
      this.endOffset = endOffset;
    }

    public long endOffset() {
      return endOffset;
    }
  }

  /** The log is closed: nothing is appended any more. */
  public static final class LogClosed extends Rejection {
    @Serial private static final long serialVersionUID = 1L;

    public LogClosed(String name) {
      super("log '%s' is closed, nothing can be appended to it".formatted(name));
    }
  }

  /** An append's sequence is not greater than that of an append before it. */
  public static final class SequenceRegression extends Rejection {
    @Serial private static final long serialVersionUID = 1L;

    public SequenceRegression(String sequence, String last) {
      super(
          "sequence '%s' is not greater than '%s', that of an earlier append"
              .formatted(sequence, last));
    }
  }

  /** A request older than those of a producer that the log remembers. */
  public static final class SequenceTooOld extends Rejection {
    @Serial private static final long serialVersionUID = 1L;
    private final long lastSeq;

    public SequenceTooOld(long seq, long oldest, long lastSeq) {
      super("sequence %d is older than %d, the oldest that is remembered".formatted(seq, oldest));
      this.lastSeq = lastSeq;
    }

    /** Of the producer's newest request. */
    public long lastSeq() {
      return lastSeq;
    }
  }

  /** A producer's request is missing before this one. */
  public static final class SequenceGap extends Rejection {
    @Serial private static final long serialVersionUID = 1L;
    private final long seq;
    private final long expectedSeq;
    private final boolean inNewEpoch;

    /**
     * @param inNewEpoch whether the producer is known, and this is an epoch that it begins
     */
    public SequenceGap(long seq, long expectedSeq, boolean inNewEpoch) {
      super("sequence %d came where %d is next".formatted(seq, expectedSeq));
      this.seq = seq;
      this.expectedSeq = expectedSeq;
      this.inNewEpoch = inNewEpoch;
    }

    public long seq() {
      return seq;
    }

    public boolean inNewEpoch() {
      return inNewEpoch;
    }

    public long expectedSeq() {
      return expectedSeq;
    }
  }

  /** A newer epoch of the producer has taken over. */
  public static final class ProducerFenced extends Rejection {
    @Serial private static final long serialVersionUID = 1L;
    private final long currentEpoch;

    public ProducerFenced(long epoch, long currentEpoch) {
      super("epoch %d is stale, the producer is in epoch %d".formatted(epoch, currentEpoch));
      this.currentEpoch = currentEpoch;
    }

    public long currentEpoch() {
      return currentEpoch;
    }
  }

  /** The producer is somebody else's: of the principal who was the first to use its id here. */
  public static final class ProducerOwned extends Rejection {
    @Serial private static final long serialVersionUID = 1L;

    public ProducerOwned() {
      super("the producer's id is in use by somebody else");
    }
  }

  /** The log remembers as many producers as it may, and none has been silent for long. */
  public static final class TooManyProducers extends Rejection {
    @Serial private static final long serialVersionUID = 1L;

    public TooManyProducers(int most) {
      super(
          "the log may remember %d producers now (see dislog.producers.max-per-log and dislog.state.max-bytes), and none of those that it does has been silent for an hour"
              .formatted(most));
    }
  }

  /** A record of the batch is larger than the log takes. */
  public static final class RecordTooLarge extends Rejection {
    @Serial private static final long serialVersionUID = 1L;
    private final int index;
    private final long limit;

    public RecordTooLarge(String what, int index, long size, long limit) {
      super("record %d has %s of %d bytes, %d are allowed".formatted(index, what, size, limit));
      this.index = index;
      this.limit = limit;
    }

    /** Which record of the batch, from 0. */
    public int index() {
      return index;
    }

    /** In bytes. */
    public long limit() {
      return limit;
    }
  }

  /** The disk has less room than is kept free. */
  public static final class StorageReserved extends Rejection {
    @Serial private static final long serialVersionUID = 1L;

    public StorageReserved(long reserve) {
      super("the disk has less than the %d free bytes that are reserved".formatted(reserve));
    }

    /** Of another node, which has to write what this one commits. */
    public StorageReserved(String node, long reserve) {
      super(
          "the disk of node %s has less than the %d free bytes that are reserved"
              .formatted(node, reserve));
    }
  }

  /** More than the service takes is waiting to be committed. */
  public static final class TooBusy extends Rejection {
    @Serial private static final long serialVersionUID = 1L;

    public TooBusy() {
      super("more bytes wait to be appended than the service holds");
    }
  }

  /** One more of what is kept beside records than is allowed. */
  public static final class LimitReached extends Rejection {
    @Serial private static final long serialVersionUID = 1L;

    public LimitReached(String which) {
      super(which);
    }
  }

  /** No leader committed the command; unless it is certain, nobody knows whether one still will. */
  public static final class NoLeader extends Rejection {
    @Serial private static final long serialVersionUID = 1L;
    private final boolean certain;

    public NoLeader(String why) {
      this(why, false);
    }

    public NoLeader(String why, boolean certain) {
      super(why);
      this.certain = certain;
    }

    /** Whether it is certain that no leader will. */
    public boolean certain() {
      return certain;
    }
  }

  /** The service is starting or stopping. */
  public static final class NotReady extends Rejection {
    @Serial private static final long serialVersionUID = 1L;

    public NotReady(String why) {
      super(why);
    }
  }
}

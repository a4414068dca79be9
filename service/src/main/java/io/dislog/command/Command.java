package io.dislog.command;

import io.dislog.log.Record;
import io.dislog.retention.SegmentPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What clients (and retention) ask of one log. Immutable; applied in the same order on every
 * replica.
 *
 * @param <R> what the log answers
 */
public sealed interface Command<R> {

  /** Bytes of the values, keys and headers of all records that it carries. */
  default long size() {
    return 0;
  }

  /** The same without a word of to whom its producer belongs. */
  default Command<R> unowned() {
    return this;
  }

  /**
   * Appends a batch, whole or not at all, and closes the log with it where that is asked for.
   *
   * @param records one or more
   * @param expectedOffset append only if the end offset is this one, or null
   * @param producer which request of which idempotent producer this is, or null
   * @param sequence append only if this is greater, byte by byte in UTF-8, than that of the last
   *     append that had one; null where it is not asked
   * @param closes whether nothing can be appended any more after it
   * @param size bytes of all the records' values, keys and headers
   */
  record Append(
      List<Record> records,
      @Nullable Long expectedOffset,
      @Nullable ProducerStamp producer,
      @Nullable String sequence,
      boolean closes,
      long size)
      implements Command<Appended> {

    /** An append that neither has a sequence nor closes the log. */
    public Append(
        List<Record> records,
        @Nullable Long expectedOffset,
        @Nullable ProducerStamp producer,
        long size) {
      this(records, expectedOffset, producer, null, false, size);
    }

    @Override
    public Append unowned() {
      return producer == null
          ? this
          : new Append(records, expectedOffset, producer.unowned(), sequence, closes, size);
    }
  }

  /**
   * Closes the log: nothing can be appended any more. Where it is closed already, nothing changes.
   *
   * @param expectedOffset only if the end offset is this one, or null
   * @param producer which request of which idempotent producer this is, or null
   */
  record Close(@Nullable Long expectedOffset, @Nullable ProducerStamp producer)
      implements Command<Appended> {

    @Override
    public Close unowned() {
      return producer == null ? this : new Close(expectedOffset, producer.unowned());
    }
  }

  /** Notes that a log of that name is about to be a fork of this one. */
  record Fork(String fork) implements Command<Done> {}

  /** Notes that a log of that name is no fork of this one any more. */
  record Unfork(String fork) implements Command<Done> {}

  /** Deletes the log's records, and leaves its name taken as long as it has forks. */
  record Retire() implements Command<Done> {}

  /**
   * Appends a batch that is the source's to a fork that is being filled.
   *
   * @param time that its records have there, in milliseconds since 1970
   */
  record Inherit(List<Record> records, long time) implements Command<Done> {

    @Override
    public long size() {
      return Record.sizeOf(records);
    }
  }

  /** Shows a fork that was filled. */
  record Publish() implements Command<Done> {}

  /** Notes that the log is read: a time to live begins anew. */
  record Use() implements Command<Done> {}

  /** Changes the log's own settings. */
  record Configure(SettingsPatch patch) implements Command<Done> {}

  /** Makes {@code before} the earliest offset, from 0 to the end offset; never moves it back. */
  record Trim(long before) implements Command<Done> {}

  /** Seals the active segment, unless it is empty. */
  record Seal() implements Command<Sealed> {}

  /** Seals the active segment if its age asks for that. */
  record SealAged() implements Command<Sealed> {}

  /**
   * Runs retention now.
   *
   * @param before only segments that end at or before this offset
   * @param sighting what whoever decided on the run saw of times that are ahead of the clock, or
   *     null; where commands are not applied again, the log sees for itself
   */
  record ApplyRetention(long before, @Nullable Sighting sighting) implements Command<Reclaimed> {

    /** Only on segments that end at or before an offset. */
    public ApplyRetention(long before) {
      this(before, null);
    }
  }

  /**
   * Sets where a consumer stands.
   *
   * @param name valid as a log's name
   * @param to at most the end offset
   * @param ifAt only if it stands here, or null
   */
  record MoveConsumer(String name, OffsetSpec to, @Nullable Long ifAt)
      implements Command<ConsumerMove> {}

  /** Forgets a consumer. */
  record DeleteConsumer(String name) implements Command<Done> {}

  /**
   * Which request this is of which idempotent producer.
   *
   * @param id 1 to 256 characters
   * @param epoch 0 to 2^53-1
   * @param seq 0 to 2^53-1, growing by one per request from 0 in each epoch
   * @param owner the principal who sent it, or null where nobody has written rules
   */
  record ProducerStamp(String id, long epoch, long seq, @Nullable String owner) {

    /** Of a producer that belongs to nobody. */
    public ProducerStamp(String id, long epoch, long seq) {
      this(id, epoch, seq, null);
    }

    /** The same of a producer that belongs to nobody. */
    ProducerStamp unowned() {
      return new ProducerStamp(id, epoch, seq);
    }
  }

  /**
   * Where a batch stands.
   *
   * @param baseOffset of its first record
   * @param count of its records; 0 where the log was closed and nothing appended
   * @param time that its records have, in milliseconds since 1970
   * @param duplicate whether an earlier request of the same producer had appended it
   * @param lastSeq of that producer's newest request; -1 where there is none
   */
  record Appended(long baseOffset, int count, long time, boolean duplicate, long lastSeq) {

    /** A batch that was appended now. */
    public Appended(long baseOffset, int count, long time, @Nullable ProducerStamp producer) {
      this(baseOffset, count, time, false, producer == null ? -1 : producer.seq());
    }

    public long lastOffset() {
      return baseOffset + count - 1;
    }

    public long nextOffset() {
      return baseOffset + count;
    }
  }

  /**
   * How sealing ended.
   *
   * @param baseOffset of the active segment
   * @param created whether it is a new one
   */
  record Sealed(long baseOffset, boolean created) {}

  /**
   * What retention deleted.
   *
   * @param segments as they were planned to go
   */
  record Reclaimed(List<SegmentPlan> segments) {

    /** Bytes of their stores and indexes. */
    public long bytes() {
      return segments.stream().mapToLong(SegmentPlan::bytes).sum();
    }
  }

  /**
   * A consumer as it now stands.
   *
   * @param consumer with its new position
   * @param created whether it had not been there
   */
  record ConsumerMove(Consumer consumer, boolean created) {}

  /** An answer that says no more than that it was done. */
  record Done() {}
}

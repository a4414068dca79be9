package io.dislog.state;

import io.dislog.command.Command.Appended;
import io.dislog.command.Command.ProducerStamp;
import io.dislog.command.Rejection;
import io.dislog.state.Change.Produced;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The idempotent producers of one log: each one's epoch and last requests. For the log's one
 * writing thread.
 *
 * <p>As in Kafka (KIP-98), a producer is known by its id, fenced by its epoch, and its requests are
 * told apart by a sequence number; five of them are remembered.
 *
 * <p>Where rules say who may do what, a producer belongs to the principal who first used its id.
 *
 * <p>Which producers are forgotten follows from the changes alone, in their order: whoever reads
 * them again forgets the same. When a producer was heard last is what the clock said then, not the
 * records' time, which a clock that was once ahead keeps ahead; once the clock is behind what it
 * said, all that was heard later counts as heard now.
 */
public final class Producers {

  /** A change says in one byte how many were forgotten; some more than come, so that all go. */
  private static final int MOST_FORGOTTEN = 8;

  /** Of memory, with five requests, but for the names. */
  private static final long PRODUCER_BYTES = 480;

  private final Map<String, Producer> byId = new HashMap<>();
  private final TreeSet<Producer> bySilence =
      new TreeSet<>(Comparator.comparingLong(Producer::heardAt).thenComparing(Producer::id));
  private long nameLengths;

  public int count() {
    return byId.size();
  }

  /** The memory that they take, by estimate. */
  public long bytes() {
    return byId.size() * PRODUCER_BYTES + nameLengths;
  }

  /**
   * Checks a request against what its producer sent before.
   *
   * @param now what the clock says
   * @return how the request was answered before, or null where it is new and next
   * @throws Rejection where it is neither
   */
  public @Nullable Appended check(ProducerStamp stamp, long now, ProducerLimits limits) {
    Producer known = byId.get(stamp.id());
    if (known == null || isSilent(known, now, limits.expiryMillis())) {
      checkFirst(stamp, false);
      if (known == null) {
        checkRoom(now, limits);
      }
      return null;
    }
    checkOwner(stamp, known);
    if (stamp.epoch() > known.epoch()) {
      checkFirst(stamp, true);
      return null;
    }
    if (stamp.epoch() < known.epoch()) {
      throw new Rejection.ProducerFenced(stamp.epoch(), known.epoch());
    }
    return repeat(stamp, known);
  }

  private static void checkOwner(ProducerStamp stamp, Producer known) {
    if (known.isForeignTo(stamp)) {
      throw new Rejection.ProducerOwned();
    }
  }

  private static @Nullable Appended repeat(ProducerStamp stamp, Producer known) {
    long next = known.last().seq() + 1;
    if (stamp.seq() == next) {
      return null;
    }
    if (stamp.seq() > next) {
      throw new Rejection.SequenceGap(stamp.seq(), next, false);
    }
    Appended before = known.answerTo(stamp);
    if (before == null) {
      throw new Rejection.SequenceTooOld(
          stamp.seq(), known.requests().getFirst().seq(), known.last().seq());
    }
    return before;
  }

  /**
   * How a request that is remembered was answered, or null where it is another one.
   *
   * @throws Rejection where its producer is somebody else's
   */
  public @Nullable Appended answerTo(ProducerStamp stamp) {
    Producer known = byId.get(stamp.id());
    if (known == null) {
      return null;
    }
    checkOwner(stamp, known);
    return known.answerTo(stamp);
  }

  private static void checkFirst(ProducerStamp stamp, boolean known) {
    if (stamp.seq() != 0) {
      throw new Rejection.SequenceGap(stamp.seq(), 0, known);
    }
  }

  private void checkRoom(long now, ProducerLimits limits) {
    if (byId.size() >= limits.most()
        && !isSilent(bySilence.first(), now, ProducerLimits.SILENT_MILLIS)) {
      throw new Rejection.TooManyProducers(limits.most());
    }
  }

  /** How many producers, the longest silent ones, are forgotten for a request that is new. */
  public int forgottenFor(String id, long now, ProducerLimits limits) {
    if (byId.containsKey(id)) {
      return 0;
    }
    int forgotten = 0;
    for (Producer producer : bySilence) {
      boolean expired = isSilent(producer, now, limits.expiryMillis());
      boolean surplus =
          byId.size() - forgotten >= limits.most()
              && isSilent(producer, now, ProducerLimits.SILENT_MILLIS);
      if (forgotten == MOST_FORGOTTEN || !(expired || surplus)) {
        break;
      }
      forgotten++;
    }
    return forgotten;
  }

  private static boolean isSilent(Producer producer, long now, long millis) {
    return now - producer.heardAt() > millis;
  }

  /** Remembers a request. Returns what undoes that. */
  Runnable remember(Produced request) {
    List<Producer> before = new ArrayList<>();
    for (int left = request.forgotten(); left > 0 && !bySilence.isEmpty(); left--) {
      before.add(drop(bySilence.first()));
    }
    Producer known = byId.get(request.producer());
    List<Producer> after = new ArrayList<>();
    if (known == null) {
      after.add(Producer.of(request));
    } else {
      before.add(drop(known));
      after.add(known.after(request));
    }
    if (request.heardAt() < request.time()) { // Else no clock has gone back.
      while (!bySilence.isEmpty() && bySilence.last().heardAt() > request.heardAt()) {
        Producer later = drop(bySilence.last());
        before.add(later);
        after.add(later.lastHeard(request.heardAt()));
      }
    }
    after.forEach(this::put);
    return () -> {
      after.forEach(this::drop);
      before.forEach(this::put);
    };
  }

  /** Whether all that is remembered lies below an end. */
  boolean isWithin(long endOffset) {
    return byId.values().stream().allMatch(producer -> producer.last().endOffset() <= endOffset);
  }

  /** Everything remembered: the longest silent first, for what follows must not be heard before. */
  Stream<Change> state() {
    return bySilence.stream().flatMap(Producer::changes);
  }

  private Producer drop(Producer producer) {
    nameLengths -= producer.nameLength();
    byId.remove(producer.id());
    bySilence.remove(producer);
    return producer;
  }

  private void put(Producer producer) {
    nameLengths += producer.nameLength();
    byId.put(producer.id(), producer);
    bySilence.add(producer);
  }
}

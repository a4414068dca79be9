package io.dislog.shard;

import io.dislog.shard.Change.Produced;
import io.dislog.shard.Command.Appended;
import io.dislog.shard.Command.ProducerStamp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The idempotent producers of one log: each one's epoch and last requests. For the log's one
 * writing thread.
 *
 * <p>As in Kafka (KIP-98), a producer is known by its id, fenced by its epoch, and its requests are
 * told apart by a sequence number; five of them are remembered.
 */
final class Producers {

  private static final int REMEMBERED = 5;

  private final Map<String, Deque<Produced>> byId = new HashMap<>();

  /**
   * Checks a request against what its producer sent before.
   *
   * @return how the request was answered before, or null where it is new and next
   * @throws Refusal where it is neither
   */
  @Nullable Appended check(ProducerStamp stamp) {
    Deque<Produced> requests = byId.get(stamp.id());
    Produced last = requests == null ? null : requests.getLast();
    if (requests == null || last == null || stamp.epoch() > last.epoch()) {
      if (stamp.seq() != 0) {
        throw new Refusal.SequenceGap(stamp.seq(), 0);
      }
      return null;
    }
    if (stamp.epoch() < last.epoch()) {
      throw new Refusal.ProducerFenced(stamp.epoch(), last.epoch());
    }
    if (stamp.seq() == last.seq() + 1) {
      return null;
    }
    if (stamp.seq() > last.seq()) {
      throw new Refusal.SequenceGap(stamp.seq(), last.seq() + 1);
    }
    for (Produced request : requests) {
      if (request.seq() == stamp.seq()) {
        return new Appended(request.baseOffset(), request.count(), request.time(), true);
      }
    }
    throw new Refusal.SequenceTooOld(stamp.seq(), requests.getFirst().seq());
  }

  /** Remembers a request. Returns what undoes that. */
  Runnable remember(Produced request) {
    Deque<Produced> before = byId.get(request.producer());
    Deque<Produced> after = new ArrayDeque<>(REMEMBERED + 1);
    if (before != null && before.getLast().epoch() == request.epoch()) {
      after.addAll(before);
    }
    after.addLast(request);
    if (after.size() > REMEMBERED) {
      after.removeFirst();
    }
    byId.put(request.producer(), after);
    return () -> {
      if (before == null) {
        byId.remove(request.producer());
      } else {
        byId.put(request.producer(), before);
      }
    };
  }

  /** Whether all that is remembered lies below an end. */
  boolean isWithin(long endOffset) {
    return byId.values().stream().allMatch(requests -> requests.getLast().endOffset() <= endOffset);
  }

  /** Everything remembered, in an order in which it can be remembered again. */
  List<Change> state() {
    List<Change> state = new ArrayList<>();
    byId.values().forEach(state::addAll);
    return state;
  }
}

package io.dislog.state;

import io.dislog.command.Command.Appended;
import io.dislog.command.Command.ProducerStamp;
import io.dislog.state.Change.Produced;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a log remembers of an idempotent producer. Immutable.
 *
 * @param owner the principal to whom it belongs, or null where nobody is known to
 * @param heardAt when the clock said that it sent its last request, in milliseconds since 1970
 * @param requests its last ones, the oldest first; one at least
 */
record Producer(
    String id, @Nullable String owner, long epoch, long heardAt, List<Request> requests) {

  private static final int REMEMBERED = 5;

  Producer {
    requests = List.copyOf(requests);
  }

  /** A producer that has sent its first request, or the first that is remembered. */
  static Producer of(Produced produced) {
    return new Producer(
        produced.producer(),
        produced.owner(),
        produced.epoch(),
        produced.heardAt(),
        List.of(Request.of(produced)));
  }

  /** The producer after another request. */
  Producer after(Produced produced) {
    if (produced.epoch() != epoch
        || produced.seq() == 0) { // The log had forgotten the ones before.
      return of(produced).ownedBy(ownerAfter(produced));
    }
    List<Request> last = new ArrayList<>(requests);
    last.add(Request.of(produced));
    int dropped = Math.max(0, last.size() - REMEMBERED);
    return new Producer(
        id, ownerAfter(produced), epoch, produced.heardAt(), last.subList(dropped, last.size()));
  }

  private Producer ownedBy(@Nullable String principal) {
    return new Producer(id, principal, epoch, heardAt, requests);
  }

  private @Nullable String ownerAfter(Produced produced) {
    return produced.owner() == null ? owner : produced.owner();
  }

  /** Whether a request comes from somebody to whom it does not belong. */
  boolean isForeignTo(ProducerStamp stamp) {
    return owner != null && stamp.owner() != null && !owner.equals(stamp.owner());
  }

  /** The producer as if it had sent its last request then. */
  Producer lastHeard(long millis) {
    return new Producer(id, owner, epoch, millis, requests);
  }

  /** Characters of what it is called by. */
  int nameLength() {
    return id.length() + (owner == null ? 0 : owner.length());
  }

  Request last() {
    return requests.getLast();
  }

  /** How a request of it that is remembered was answered, or null where it is another one. */
  @Nullable Appended answerTo(ProducerStamp stamp) {
    for (Request request : requests) {
      if (stamp.epoch() == epoch && request.seq() == stamp.seq()) {
        return new Appended(
            request.baseOffset(), request.count(), request.time(), true, last().seq());
      }
    }
    return null;
  }

  /** What makes it again, one after the other. */
  Stream<Change> changes() {
    return requests.stream()
        .map(request -> request.by(this, request.seq() == last().seq() ? heardAt : request.time()));
  }

  /** A request that was appended. */
  record Request(long seq, long baseOffset, int count, long time) {

    static Request of(Produced produced) {
      return new Request(produced.seq(), produced.baseOffset(), produced.count(), produced.time());
    }

    private Change by(Producer producer, long heardAt) {
      return new Produced(
          producer.id(),
          producer.epoch(),
          seq,
          baseOffset,
          count,
          time,
          heardAt,
          0,
          producer.owner());
    }

    long endOffset() {
      return baseOffset + count;
    }
  }
}

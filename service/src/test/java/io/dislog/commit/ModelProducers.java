package io.dislog.commit;

import io.dislog.command.Command.Appended;
import io.dislog.command.Command.ProducerStamp;
import io.dislog.command.Rejection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What producers sent to a log, and which of it the log remembers. */
final class ModelProducers {

  private static final int REMEMBERED_REQUESTS = 5;

  private final Map<String, List<Request>> byId = new HashMap<>();

  /** A producer's last request, or null. */
  @Nullable ProducerStamp lastOf(String producer) {
    List<Request> requests = requestsOf(producer);
    return requests.isEmpty() ? null : requests.getLast().stamp();
  }

  /** How a request is answered that is remembered, or null where it is not. */
  @Nullable Appended answerTo(@Nullable ProducerStamp stamp) {
    if (stamp == null) {
      return null;
    }
    for (Request request : requestsOf(stamp.id())) {
      if (request.stamp().equals(stamp)) {
        Appended first = request.answer();
        long lastSeq = requestsOf(stamp.id()).getLast().stamp().seq();
        return new Appended(first.baseOffset(), first.count(), first.time(), true, lastSeq);
      }
    }
    return null;
  }

  /** Why a request that is not remembered is refused, or null. */
  @Nullable RuntimeException rejection(ProducerStamp stamp) {
    ProducerStamp last = lastOf(stamp.id());
    if (last != null && stamp.epoch() < last.epoch()) {
      return new Rejection.ProducerFenced(stamp.epoch(), last.epoch());
    }
    long next = last == null || stamp.epoch() > last.epoch() ? 0 : last.seq() + 1;
    if (last != null && stamp.seq() < next) {
      long oldest = requestsOf(stamp.id()).getFirst().stamp().seq();
      return new Rejection.SequenceTooOld(stamp.seq(), oldest, last.seq());
    }
    return stamp.seq() > next ? new Rejection.SequenceGap(stamp.seq(), next, last != null) : null;
  }

  void remember(@Nullable ProducerStamp stamp, Appended answer) {
    if (stamp != null) {
      List<Request> requests = byId.computeIfAbsent(stamp.id(), any -> new ArrayList<>());
      requests.removeIf(request -> request.stamp().epoch() < stamp.epoch());
      requests.add(new Request(stamp, answer));
      if (requests.size() > REMEMBERED_REQUESTS) {
        requests.removeFirst();
      }
    }
  }

  private List<Request> requestsOf(String producer) {
    return byId.getOrDefault(producer, List.of());
  }

  private record Request(ProducerStamp stamp, Appended answer) {}
}

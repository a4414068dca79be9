package io.dislog.history;

import io.dislog.history.Operation.Append;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a story's producers have numbered, and what the log knows of that. */
final class StoryProducers {

  private final Map<String, Append> unanswered = new HashMap<>();
  private final Map<String, Outcome.At> places = new HashMap<>();
  private final Map<String, Long> seqs = new HashMap<>();

  @Nullable Append unanswered(String producer) {
    return unanswered.get(producer);
  }

  Outcome.@Nullable At place(String value) {
    return places.get(value);
  }

  void placed(String value, Outcome.At place) {
    places.put(value, place);
  }

  long seq(String producer) {
    return seqs.getOrDefault(producer, 0L);
  }

  void answered(Append attempt, boolean known) {
    String producer = attempt.call().client();
    if (known) {
      unanswered.remove(producer);
      seqs.merge(producer, 1L, Long::sum);
    } else {
      unanswered.put(producer, attempt);
    }
  }
}

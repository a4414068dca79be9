package io.dislog.history;

import io.dislog.history.Operation.Append;
import io.dislog.history.Operation.Fork;
import io.dislog.history.Operation.Trim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened to each log, and what a fork has from its source: appends below its offset are as
 * good as its own, and where it begins follows from what its source's trims may have done.
 */
final class Ancestry {

  private final Map<String, List<Operation>> operations;
  private final Map<String, List<FinalLog>> finals;

  /**
   * @param operations by the log's name, as are the logs when all was over
   */
  Ancestry(Map<String, List<Operation>> operations, Map<String, List<FinalLog>> finals) {
    this.operations = operations;
    this.finals = finals;
  }

  /** The log as it was in the end, or null where it is gone. */
  @Nullable FinalLog log(String name) {
    return finals.containsKey(name) ? finals.get(name).getFirst() : null;
  }

  /** All that can have had an effect on a log. */
  List<Operation> operations(String name) {
    List<Operation> own = operations.getOrDefault(name, List.of());
    List<Operation> all = new ArrayList<>(own);
    for (Operation operation : own) {
      if (operation instanceof Fork fork) {
        all.addAll(inherited(fork));
      }
    }
    return all;
  }

  private List<Operation> inherited(Fork fork) {
    Map<String, Long> places = places(fork.source());
    List<Operation> inherited = new ArrayList<>();
    for (Operation operation : operations(fork.source())) {
      if (operation instanceof Append append && isBelow(fork.offset(), append, places)) {
        inherited.add(inherited(append));
      } else if (operation instanceof Trim(var call, long before, var outcome)) {
        inherited.add(new Trim(call, before, new Outcome.Unknown()));
      }
    }
    return inherited;
  }

  /**
   * Of an append whose place nobody was told, the source alone can be asked whether it is there.
   */
  private static Append inherited(Append append) {
    Outcome outcome =
        append.outcome() instanceof Outcome.Done() ? new Outcome.Unknown() : append.outcome();
    return new Append(append.call(), append.values(), append.turn(), append.expected(), outcome);
  }

  private static boolean isBelow(long offset, Append append, Map<String, Long> places) {
    long base = append.outcome() instanceof Outcome.At(long at, long time) ? at : -1;
    return Math.max(base, places.getOrDefault(append.values().getFirst(), -1L)) < offset;
  }

  private Map<String, Long> places(String name) {
    Map<String, Long> places = new HashMap<>();
    FinalLog log = log(name);
    if (log != null) {
      log.entries().forEach(entry -> places.put(entry.value(), entry.offset()));
    }
    return places;
  }
}

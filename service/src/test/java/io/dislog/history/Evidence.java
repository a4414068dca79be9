package io.dislog.history;

import io.dislog.history.Operation.Append;
import io.dislog.history.Operation.Closure;
import io.dislog.history.Operation.Read;
import io.dislog.history.Operation.Trim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that is known of one log, put in an order in which it can be judged. */
final class Evidence {

  private final FinalLog log;
  private final List<Operation> operations;
  private final Map<Long, Entry> entries = new HashMap<>();
  private final Map<String, Set<Long>> places = new HashMap<>();
  private final Map<String, Request> requests = new LinkedHashMap<>();
  private final Map<String, Request> requestsByValue = new HashMap<>();
  private final Set<Long> insides = new HashSet<>();
  private final Floor ends = new Floor();
  private final Floor earliests = new Floor();

  /**
   * @param log the log when all was over
   * @param operations those on this log
   */
  Evidence(FinalLog log, List<Operation> operations) {
    this.log = log;
    this.operations = operations;
    for (Entry entry : log.entries()) {
      entries.put(entry.offset(), entry);
      stood(entry.value(), entry.offset());
    }
    operations.forEach(this::take);
    requests.values().forEach(this::findInsides);
  }

  String name() {
    return log.log();
  }

  FinalLog log() {
    return log;
  }

  List<Operation> operations() {
    return operations;
  }

  <T extends Operation> List<T> operations(Class<T> type) {
    return operations.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The record that the log has at an offset when all is over. */
  @Nullable Entry at(long offset) {
    return entries.get(offset);
  }

  /** Where a value was ever seen or said to stand. */
  Set<Long> places(String value) {
    return places.getOrDefault(value, Set.of());
  }

  List<Request> requests() {
    return new ArrayList<>(requests.values());
  }

  @Nullable Request requestOf(String value) {
    return requestsByValue.get(value);
  }

  /** Whether an end there would cut a batch in two. */
  boolean isInsideBatch(long end) {
    return insides.contains(end);
  }

  /** The end offset, which only grows. */
  Floor ends() {
    return ends;
  }

  /** The earliest offset, which only grows. */
  Floor earliests() {
    return earliests;
  }

  private void take(Operation operation) {
    long end = operation.call().end();
    switch (operation) {
      case Append append -> {
        Request request = requests.computeIfAbsent(append.values().getFirst(), v -> new Request());
        request.add(append);
        append.values().forEach(value -> requestsByValue.put(value, request));
        if (append.outcome() instanceof Outcome.At(long base, long time)) {
          ends.saw(end, base + append.values().size());
          for (int i = 0; i < append.values().size(); i++) {
            stood(append.values().get(i), base + i);
          }
        }
      }
      case Read read -> {
        ends.saw(end, Math.max(read.end(), read.tail()));
        earliests.saw(end, read.earliest());
        for (Entry entry : read.entries()) {
          ends.saw(end, entry.offset() + 1);
          stood(entry.value(), entry.offset());
        }
      }
      case Trim trim -> {
        if (trim.outcome() instanceof Outcome.Done) {
          earliests.saw(end, trim.before());
        }
      }
      case Closure closure -> ends.saw(end, closure.end());
      case Operation.Write write -> {}
      case Operation.Look look -> {}
      case Operation.Close close -> {}
      case Operation.Fork fork -> {}
      case Operation.Step step -> {}
    }
  }

  private void stood(String value, long offset) {
    places.computeIfAbsent(value, v -> new HashSet<>(1)).add(offset);
  }

  private void findInsides(Request request) {
    for (long first : places(request.values().getFirst())) {
      for (int i = 1; i < request.values().size(); i++) {
        insides.add(first + i);
      }
    }
  }
}

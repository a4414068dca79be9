package io.dislog.history;

import io.dislog.history.Operation.Append;
import io.dislog.history.Operation.Close;
import io.dislog.history.Operation.Closure;
import io.dislog.history.Operation.Look;
import io.dislog.history.Operation.Read;
import io.dislog.history.Operation.Step;
import io.dislog.history.Operation.Trim;
import io.dislog.history.Operation.Turn;
import io.dislog.history.Operation.Write;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A random history that is right: clients whose calls overlap, each of which takes effect at one
 * moment between its start and its end; but those without an answer take it later, or never.
 */
final class RandomHistory {

  static final String LOG = "orders";
  private static final int CLIENTS = 5;
  private static final int CALLS = 60;
  private static final int MAX_BATCH = 4;

  /** Somewhat before the end of most stories. */
  private static final int CLOSING = 2200;

  final List<Operation> operations = new ArrayList<>();
  final List<Entry> entries = new ArrayList<>();
  final Random random;
  long earliest;

  /** Whether the log is closed, which the last of its appends does in some stories. */
  boolean closed;

  final RandomFork fork;

  /** By how much the end that the log states in the end is wrong. */
  long overshoot;

  private final List<Effect> effects = new ArrayList<>();
  private final StoryProducers producers = new StoryProducers();
  private final String[] registers = {"consumer billing", "setting maxRecordBytes"};
  private final @Nullable String[] positions = new String[registers.length];
  private final Set<Long> insides = new HashSet<>();
  private long time = 1_000_000;
  private long numbers;

  RandomHistory(long seed) {
    random = new Random(seed);
    for (int client = 0; client < CLIENTS; client++) {
      plan("c" + client);
    }
    Call closing = new Call("closer", "n2", LOG, CLOSING, CLOSING + 30);
    if (random.nextBoolean()) {
      effect(CLOSING + 1L + random.nextInt(25), () -> close(closing, random.nextInt(4) > 0));
    }
    effects.sort(Comparator.comparingLong(Effect::at));
    effects.forEach(effect -> effect.action().run());
    fork = new RandomFork(this);
  }

  /** All that was done, to the fork too. */
  List<Operation> all() {
    List<Operation> all = new ArrayList<>(operations);
    all.addAll(fork.operations);
    return all;
  }

  /** The log and its fork as three nodes show them in the end. */
  List<FinalLog> finals() {
    List<Entry> left = entries.stream().filter(entry -> entry.offset() >= earliest).toList();
    long end = (entries.isEmpty() ? 0 : entries.getLast().offset() + 1) + overshoot;
    return List.of("n1", "n2", "n3").stream()
        .flatMap(node ->
            Stream.of(new FinalLog(node, LOG, earliest, end, closed, left), fork.last(node)))
        .toList();
  }

  /** Some operation of that type and nature, or null. */
  <T extends Operation> @Nullable T any(Class<T> type, Predicate<T> which) {
    List<T> all =
        operations.stream().filter(type::isInstance).map(type::cast).filter(which).toList();
    return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
  }

  void replace(Operation old, Operation by) {
    operations.set(operations.indexOf(old), by);
  }

  /** A call after all others. */
  Call after() {
    long end = operations.stream().mapToLong(each -> each.call().end()).max().orElse(0);
    return new Call("late", "n1", LOG, end + 10, end + 20);
  }

  private void plan(String client) {
    long now = 1L + random.nextInt(50);
    for (int i = 0; i < CALLS; i++) {
      long start = now + random.nextInt(20);
      long at = start + 1 + random.nextInt(30);
      long end = at + 1 + random.nextInt(30);
      boolean known = random.nextInt(8) > 0;
      plan(new Call(client, "n" + (1 + random.nextInt(3)), LOG, start, end), at, known);
      now = end + 1;
    }
  }

  private void plan(Call call, long at, boolean known) {
    long takesEffect = known ? at : at + random.nextInt(200);
    boolean happens = known || random.nextBoolean();
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> effect(takesEffect, () -> append(call, happens, known));
      case 3 -> effect(takesEffect, () -> appendExpecting(call, happens, known));
      case 4, 5 -> effect(takesEffect, () -> appendNumbered(call, happens, known));
      case 6, 7 -> effect(at, () -> read(call, random.nextInt(5) > 0));
      case 8 -> effect(takesEffect, () -> write(call, happens, known));
      case 9, 10 -> effect(at, () -> look(call));
      default -> effect(takesEffect, () -> trim(call, happens && random.nextInt(3) == 0, known));
    }
  }

  private void effect(long at, Runnable action) {
    effects.add(new Effect(at, action));
  }

  private void append(Call call, boolean happens, boolean known) {
    List<String> values = values(call);
    Outcome.At place = happens && !closed ? take(values) : null;
    operations.add(new Append(call, values, null, -1, outcome(place, known)));
  }

  private void appendExpecting(Call call, boolean happens, boolean known) {
    List<String> values = values(call);
    boolean right = random.nextBoolean();
    long expected = right ? entries.size() : entries.size() + 1 + random.nextInt(3);
    Outcome.At place = happens && right && !closed ? take(values) : null;
    Outcome outcome =
        known && !right ? new Outcome.Refused("offset-mismatch") : outcome(place, known);
    operations.add(new Append(call, values, null, expected, outcome));
  }

  /** The same request again where its producer got no answer to it. */
  private void appendNumbered(Call call, boolean happens, boolean known) {
    Append open = producers.unanswered(call.client());
    List<String> values = open == null ? values(call) : open.values();
    if (open != null && call.start() <= open.call().end()) {
      return; // An earlier one of the client's takes effect late; there is one under way at a time.
    }
    Outcome.At place = producers.place(values.getFirst());
    if (place == null && happens && !closed) {
      place = take(values);
      producers.placed(values.getFirst(), place);
    }
    Turn turn = new Turn(call.client(), 0, producers.seq(call.client()));
    boolean untold = open != null && place != null && known && random.nextBoolean();
    Outcome outcome = untold ? new Outcome.Done() : outcome(place, known);
    Append attempt = new Append(call, values, turn, -1, outcome);
    producers.answered(attempt, known);
    operations.add(attempt);
  }

  private void read(Call call, boolean fresh) {
    long span = entries.size() - earliest;
    long end =
        fresh ? entries.size() : wholeEnd(earliest + (span == 0 ? 0 : random.nextLong(span)));
    long from = earliest + (end == earliest ? 0 : random.nextLong(end - earliest));
    long to = Math.min(end, from + random.nextInt(10));
    List<Entry> shown = shown(entries.subList((int) from, (int) to));
    if (!shown.isEmpty()) {
      operations.add(new Step(call, from, shown.size(), to));
    }
    if (fresh && to == end) {
      operations.add(new Closure(call, true, closed, closed ? end : -1));
    }
    operations.add(new Read(call, fresh, earliest, end, to == end ? end : -1, shown));
  }

  /** Some readers are not told the times. */
  private List<Entry> shown(List<Entry> some) {
    boolean timed = random.nextInt(3) > 0;
    return some.stream()
        .map(each -> timed ? each : new Entry(each.offset(), Entry.UNTOLD, each.value()))
        .toList();
  }

  private void close(Call call, boolean known) {
    List<String> last = random.nextBoolean() ? values(call) : List.of();
    Outcome.At place = last.isEmpty() ? null : take(last);
    closed = true;
    if (!last.isEmpty()) {
      operations.add(new Append(call, last, null, -1, outcome(place, known)));
    }
    operations.add(new Close(call, last, known ? new Outcome.Done() : new Outcome.Unknown()));
  }

  /** The next end at or after an offset at which no batch is cut. */
  private long wholeEnd(long offset) {
    long end = offset;
    while (end < entries.size() && insides.contains(end)) {
      end++;
    }
    return end;
  }

  private void write(Call call, boolean happens, boolean known) {
    int which = random.nextInt(registers.length);
    String value = Long.toString(numbers++);
    @Nullable String before = positions[which];
    @Nullable String onlyIf = before != null && random.nextInt(3) == 0 ? before : null;
    if (happens) {
      positions[which] = value;
    }
    Outcome outcome = known ? new Outcome.Done() : new Outcome.Unknown();
    operations.add(new Write(call, registers[which], value, onlyIf, outcome));
  }

  private void look(Call call) {
    int which = random.nextInt(registers.length);
    operations.add(new Look(call, registers[which], positions[which], true));
  }

  private void trim(Call call, boolean happens, boolean known) {
    if (known && !happens) {
      operations.add(new Trim(call, entries.size() + 1, new Outcome.Refused("offset-beyond-end")));
      return;
    }
    long before = Math.min(entries.size(), earliest + random.nextInt(5));
    earliest = happens ? before : earliest;
    operations.add(new Trim(call, before, known ? new Outcome.Done() : new Outcome.Unknown()));
  }

  private Outcome outcome(Outcome.@Nullable At place, boolean known) {
    if (known && place == null && closed) {
      return new Outcome.Refused("log-closed");
    }
    return known && place != null ? place : new Outcome.Unknown();
  }

  private Outcome.At take(List<String> values) {
    time += random.nextInt(3);
    long base = entries.size();
    for (int i = 0; i < values.size(); i++) {
      entries.add(new Entry(base + i, time, values.get(i)));
      if (i > 0) {
        insides.add(base + i);
      }
    }
    return new Outcome.At(base, time);
  }

  private List<String> values(Call call) {
    List<String> values = new ArrayList<>();
    for (int left = 1 + random.nextInt(MAX_BATCH); left > 0; left--) {
      values.add(Value.id(call.client(), numbers++));
    }
    return values;
  }

  private record Effect(long at, Runnable action) {}
}

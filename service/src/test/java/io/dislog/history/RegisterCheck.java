package io.dislog.history;

import io.dislog.history.Operation.Look;
import io.dislog.history.Operation.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What has one value at a time: whoever looks sees a value that was written, and none that had been
 * overwritten before it looked. A register has no value at first.
 */
final class RegisterCheck {

  private final Evidence evidence;
  private final Findings findings;
  private final Map<String, Writes> registers = new LinkedHashMap<>();

  RegisterCheck(Evidence evidence, Findings findings) {
    this.evidence = evidence;
    this.findings = findings;
  }

  void run() {
    evidence.operations(Write.class).forEach(write -> writes(write.register()).add(write));
    for (Write write : evidence.operations(Write.class)) {
      if (write.onlyIf() != null && write.outcome() instanceof Outcome.Done) {
        // It succeeded, so it saw what it was bound to.
        check(new Look(write.call(), write.register(), write.onlyIf(), true));
      }
    }
    evidence.operations(Look.class).forEach(this::check);
  }

  private Writes writes(String register) {
    return registers.computeIfAbsent(register, name -> new Writes());
  }

  private void check(Look look) {
    String why = writes(look.register()).objection(look);
    if (why != null) {
      findings.add(
          Kind.REGISTER_WRONG,
          evidence.name(),
          "%s: %s saw %s, %s".formatted(look.register(), look.call(), look.value(), why));
    }
  }

  /** All writes of one register. */
  private static final class Writes {

    private final Map<String, List<Write>> byValue = new HashMap<>();

    /** By when a write had ended, the latest start of one that had been acknowledged by then. */
    private final Floor starts = new Floor();

    void add(Write write) {
      byValue.computeIfAbsent(write.value(), value -> new ArrayList<>()).add(write);
      if (write.outcome() instanceof Outcome.Done) {
        starts.saw(write.call().end(), write.call().start());
      }
    }

    /** Why nobody can have seen that, or null. */
    @Nullable String objection(Look look) {
      // Acknowledged before the look began, and begun after whatever has ended before this time.
      long overwrite = look.fresh() ? starts.before(look.call().start()) : Long.MIN_VALUE;
      if (look.value() == null) {
        return overwrite > 0 ? "after a value had been acknowledged" : null;
      }
      List<Write> writes = byValue.getOrDefault(Objects.requireNonNull(look.value()), List.of());
      boolean written = false;
      for (Write write : writes) {
        boolean possible =
            write.call().start() < look.call().end()
                && !(write.outcome() instanceof Outcome.Refused);
        boolean over = write.outcome() instanceof Outcome.Done && write.call().end() < overwrite;
        if (possible && !over) {
          return null;
        }
        written |= possible;
      }
      return written ? "which had been overwritten" : "which nobody had written";
    }
  }
}

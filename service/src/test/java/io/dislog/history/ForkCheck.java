package io.dislog.history;

import io.dislog.history.Operation.Fork;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A fork has what its source has below its offset, whatever became of either since. */
final class ForkCheck {

  private final Evidence evidence;
  private final Ancestry ancestry;
  private final Findings findings;

  ForkCheck(Evidence evidence, Ancestry ancestry, Findings findings) {
    this.evidence = evidence;
    this.ancestry = ancestry;
    this.findings = findings;
  }

  void run() {
    for (Fork fork : evidence.operations(Fork.class)) {
      FinalLog source = ancestry.log(fork.source());
      if (source != null) {
        check(fork, source);
      }
    }
  }

  private void check(Fork fork, FinalLog source) {
    FinalLog log = evidence.log();
    if (log.end() < fork.offset() || source.end() < fork.offset()) {
      found(
          "forked at %d, ends at %d, its source at %d"
              .formatted(fork.offset(), log.end(), source.end()));
    }
    for (Entry entry : source.entries()) {
      boolean inherited = entry.offset() < fork.offset() && entry.offset() >= log.earliest();
      @Nullable Entry there = evidence.at(entry.offset());
      if (inherited && !Objects.equals(entry, there)) {
        found(
            "forked at %d, has %s where its source has %s".formatted(fork.offset(), there, entry));
        return;
      }
    }
  }

  private void found(String text) {
    findings.add(Kind.FORK_DIFFERS, evidence.name(), text);
  }
}

package io.dislog.siege;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What must hold during an attack, and after it.
 *
 * @param times that the 99th percentile may be of what it was before
 * @param floor under which no 99th percentile is too long: where others use the machine, too, one
 *     call in a hundred is late for no fault of the service
 * @param ownBytes of memory that the process may take: its heap, and what it needs besides
 * @param printedBytes that the service may say of an attack: what it says lies on somebody's disk,
 *     too
 */
record Aims(int times, Duration floor, long ownBytes, long printedBytes) {

  /** What of these does not hold, in words. */
  List<String> missed(Row row) {
    List<String> missed = new ArrayList<>();
    if (!row.death().isEmpty()) {
      missed.add("the service has ended: " + row.death());
    }
    refused("the client", row.during(), missed);
    refused("the client, after it,", row.after(), missed);
    refused("a newcomer", row.newcomers(), missed);
    refused("who asked for its health", row.health(), missed);
    Duration bound = bound(row);
    late("during", row.during(), bound, missed);
    late("after", row.after(), bound, missed);
    if (row.most().ownResident() > ownBytes) {
      missed.add(
          "%d MiB of memory are more than %d"
              .formatted(row.most().ownResident() >> 20, ownBytes >> 20));
    }
    if (row.printed() > printedBytes) {
      missed.add(
          "%d KiB in the service's log are more than %d"
              .formatted(row.printed() >> 10, printedBytes >> 10));
    }
    return missed;
  }

  /**
   * Whether something does not hold, and it may be that for a while nothing ran at all: calls were
   * late, or none was answered, and the process is as it should be.
   */
  boolean mayBeLateForAPause(Row row) {
    boolean isSound =
        row.death().isEmpty()
            && row.most().ownResident() <= ownBytes
            && row.printed() <= printedBytes;
    return isSound
        && !missed(row).isEmpty()
        && Stream.of(row.during(), row.after(), row.newcomers(), row.health())
            .anyMatch(this::isPaused);
  }

  private boolean isPaused(Measured calls) {
    return calls.waits().isEmpty()
        || calls.failures().containsKey(Calls.TIMED_OUT)
        || calls.percentile(1).compareTo(floor) > 0;
  }

  private Duration bound(Row row) {
    Duration grown = row.before().percentile(0.99).multipliedBy(times);
    return grown.compareTo(floor) > 0 ? grown : floor;
  }

  private static void late(String when, Measured calls, Duration bound, List<String> missed) {
    Duration p99 = calls.percentile(0.99);
    if (p99.compareTo(bound) > 0) {
      missed.add(
          "p99 %s it is %d ms, more than %d".formatted(when, p99.toMillis(), bound.toMillis()));
    }
    if (calls.waits().isEmpty()) {
      missed.add("no call was answered " + when + " it");
    }
  }

  private static void refused(String who, Measured calls, List<String> missed) {
    if (calls.failed() > 0) {
      missed.add(who + " failed " + calls.failed() + " times: " + Row.failures(calls));
    }
  }
}

package io.dislog.siege;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the attackers of one attack got. For one thread. */
final class Tally {

  private final Map<String, Integer> answers = new TreeMap<>();
  private int connected;
  private int refused;
  private int closed;
  private int aborted;
  private int mostOpen;
  private String note = "";

  void connected() {
    connected++;
  }

  void refused() {
    refused++;
  }

  void closed() {
    closed++;
  }

  void aborted() {
    aborted++;
  }

  void open(int now) {
    mostOpen = Math.max(mostOpen, now);
  }

  void answered(String status) {
    answers.merge(status, 1, Integer::sum);
  }

  /** Something else that is worth saying. */
  void note(String text) {
    note = " " + text.replace('\n', ' ');
  }

  @Override
  public String toString() {
    String answered =
        answers.entrySet().stream()
            .map(each -> each.getValue() + "x" + each.getKey())
            .collect(Collectors.joining(" "));
    return "%d connected (%d at once), %d not, %d closed by the service, %d aborted; answers: %s%s"
        .formatted(
            connected,
            mostOpen,
            refused,
            closed,
            aborted,
            answered.isEmpty() ? "none" : answered,
            note);
  }
}

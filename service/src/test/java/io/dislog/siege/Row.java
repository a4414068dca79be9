package io.dislog.siege;

import java.util.stream.Collectors;

/**
 * What an attack did.
 *
 * @param before of the client that behaves well, as {@code during} and {@code after}
 * @param newcomers who came on new connections during it
 * @param health what was asked of the service's liveness during it
 * @param most that the process took during it and after
 * @param printed bytes, that the service has said of it
 * @param attackers what they got
 * @param death what the service said last where it has ended, or ""
 */
record Row(
    String attack,
    Measured before,
    Measured during,
    Measured after,
    Measured newcomers,
    Measured health,
    Vitals most,
    long printed,
    String attackers,
    String death) {

  private static final String LINE =
      "%-32s  %13s  %15s  %13s  %15s  %13s  %9s  %5s  %6s  %7s  %7s%n";

  static String title() {
    return LINE.formatted(
        "p50/p99 in ms",
        "before",
        "during",
        "after",
        "newcomers",
        "health",
        "RSS (own)",
        "heap",
        "files",
        "threads",
        "printed");
  }

  @Override
  public String toString() {
    return LINE.formatted(
            attack,
            before,
            during,
            after,
            newcomers,
            health,
            (most.resident() >> 20) + " (" + (most.ownResident() >> 20) + ")",
            most.heap() >> 20,
            most.descriptors(),
            most.threads(),
            (printed >> 10) + "Ki")
        + "  attackers: "
        + attackers;
  }

  /** The failures of some calls, in words. */
  static String failures(Measured calls) {
    return calls.failures().entrySet().stream()
        .map(each -> each.getValue() + " x " + each.getKey())
        .collect(Collectors.joining(", "));
  }
}

package io.dislog.history;

/**
 * Who called what, and how long.
 *
 * @param client who called; one of them has one call under way at a time
 * @param node which node it called
 * @param log which log it was about
 * @param start in monotonic nanoseconds, before the first byte was sent
 * @param end the same, after the last byte had come, or when the client gave up
 */
public record Call(String client, String node, String log, long start, long end) {

  @Override
  public String toString() {
    return "%s at %s, %d to %d ms".formatted(client, node, start / 1_000_000, end / 1_000_000);
  }
}

package io.dislog.history;

/**
 * Something that the contract does not allow.
 *
 * @param text what exactly, for who looks into it
 */
public record Finding(Kind kind, String log, String text) {

  @Override
  public String toString() {
    return "%s in %s: %s".formatted(kind, log, text);
  }
}

package io.dislog.operator.crd;

/** What the API server lets pass as a duration. */
final class Span {

  /** CEL: whether a text is a duration above zero. */
  static final String IS_SPAN = "self.matches('^[1-9][0-9]{0,9}[smhd]$')";

  static final String MESSAGE =
      "must be a whole number above zero and a unit: 45s, 30m, 12h or 7d, for example";

  /** CEL: whether a text is a duration or lifts the limit. */
  static final String IS_LIMIT = "self.matches('^([1-9][0-9]{0,9}[smhd]|none)$')";

  static final String LIMIT_MESSAGE = MESSAGE + "; or none for no limit";

  private Span() {}
}

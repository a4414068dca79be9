package io.dislog.operator.crd;

/** What the API server lets pass as a duration: as the service does, up to a million days. */
final class SpanRule {

  static final String SPAN = "[1-9]([0-9]{0,9}s|[0-9]{0,8}m|[0-9]{0,6}h|[0-9]{0,5}d)";

  static final int MAX_LENGTH = 16;

  /** CEL: whether a text is a duration above zero. */
  static final String IS_SPAN = "self.matches('^" + SPAN + "$')";

  static final String MESSAGE =
      "must be a whole number above zero and a unit: 45s, 30m, 12h or 7d, for example";

  /** CEL: whether a text is a duration or lifts the limit. */
  static final String IS_LIMIT = "self.matches('^(" + SPAN + "|none)$')";

  static final String LIMIT_MESSAGE = MESSAGE + "; or none for no limit";

  private SpanRule() {}
}

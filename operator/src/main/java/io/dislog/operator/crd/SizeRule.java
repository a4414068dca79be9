package io.dislog.operator.crd;

/**
 * What the API server lets pass as a number of bytes: an integer, or text with a binary suffix. As
 * many digits as 63 bits hold with each, which is what the service counts by. A larger integer than
 * 31 bits hold would be taken by the API server, and by no client that reads {@code IntOrString}:
 * one such resource would keep the operator from reading any.
 */
final class SizeRule {

  private static final String INTEGER = "self > 0 && self <= 2147483647";

  static final String SIZE =
      "[1-9]([0-9]{0,17}|[0-9]{0,14}Ki|[0-9]{0,11}Mi|[0-9]{0,8}Gi|[0-9]{0,5}Ti)";

  /** CEL: whether a value is a size above zero. */
  static final String IS_SIZE =
      "type(self) == int ? " + INTEGER + " : self.matches('^" + SIZE + "$')";

  static final String MESSAGE =
      "must be bytes above zero: text with a binary suffix such as 64Ki, 256Mi, 50Gi, or an"
          + " integer; one above 2147483647 as text, in quotes";

  /** CEL: whether a value is a size or lifts the limit. */
  static final String IS_LIMIT =
      "type(self) == int ? " + INTEGER + " : self.matches('^(" + SIZE + "|none)$')";

  static final String LIMIT_MESSAGE = MESSAGE + ", or none for no limit";

  private SizeRule() {}
}

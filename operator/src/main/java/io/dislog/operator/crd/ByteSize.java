package io.dislog.operator.crd;

/** What the API server lets pass as a number of bytes: an integer, or text with a binary suffix. */
final class ByteSize {

  /** CEL: whether a value is a size above zero. */
  static final String IS_SIZE =
      "type(self) == int ? self > 0 : self.matches('^[1-9][0-9]{0,14}([KMGT]i)?$')";

  static final String MESSAGE =
      "must be bytes above zero: an integer, or text with a binary suffix such as 64Ki, 256Mi, 50Gi";

  /** CEL: whether a value is a size or lifts the limit. */
  static final String IS_LIMIT =
      "type(self) == int ? self > 0 : self.matches('^([1-9][0-9]{0,14}([KMGT]i)?|none)$')";

  static final String LIMIT_MESSAGE = MESSAGE + ", or none for no limit";

  private ByteSize() {}
}

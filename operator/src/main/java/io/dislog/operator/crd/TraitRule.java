package io.dislog.operator.crd;

/**
 * What the API server lets pass as what a log is given when it is created, and that it stays so. A
 * member that is added or left out later is let pass, so that both can be taken back: the operator
 * says so where the log has something else.
 */
final class TraitRule {

  /** Of a media type. */
  static final long MAX_LENGTH = 256;

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*";

  private static final String VALUE = "([A-Za-z0-9!#$&^_.+-]+|\"[ !#-Z^-~]*\")";

  /** CEL: whether a text is a media type, with parameters or without. */
  static final String IS_MEDIA_TYPE =
      "self.matches('^" + NAME + "/" + NAME + "( *; *" + NAME + "=" + VALUE + ")*$')";

  static final String MEDIA_MESSAGE =
      "must be a media type: application/json or text/plain; charset=utf-8, for example";

  /** CEL: whether two media types are the same; blanks and case do not tell them apart. */
  static final String IS_SAME_MEDIA_TYPE =
      "self.lowerAscii().replace(' ', '') == oldSelf.lowerAscii().replace(' ', '')";

  /** CEL: whether two durations are the same; true of what is none, which is said already. */
  static final String IS_SAME_SPAN =
      "!self.matches('^"
          + SpanRule.SPAN
          + "$') || int(self.substring(0, self.size() - 1)) * {'s': 1, 'm': 60, 'h': 3600, 'd':"
          + " 86400}[self.substring(self.size() - 1)] == int(oldSelf.substring(0, oldSelf.size() -"
          + " 1)) * {'s': 1, 'm': 60, 'h': 3600, 'd': 86400}[oldSelf.substring(oldSelf.size() - 1)]";

  /** What of the times that JSON's schema knows every reader of RFC 3339 takes. */
  static final String TIME =
      "^[0-9-]{10}[Tt][0-9:]{8}([.][0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})$";

  static final String KEPT_MESSAGE =
      " can't be changed: a log has it from when it is created. Keep it, or remove the log from"
          + " spec.logs, which deletes nothing, and add it again afterwards";

  private TraitRule() {}
}

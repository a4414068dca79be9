package io.dislog.wire;

import java.io.Serial;

/** A request that is refused before anybody reads it. */
final class Flawed extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final Flaw flaw;
  private final String detail;

  /**
   * @param detail one sentence for the client
   */
  Flawed(Flaw flaw, String detail) {
    super(detail, null, false, false);
    this.flaw = flaw;
    this.detail = detail;
  }

  static Flawed malformed(String detail) {
    return new Flawed(Flaw.MALFORMED, detail);
  }

  Flaw flaw() {
    return flaw;
  }

  String detail() {
    return detail;
  }
}

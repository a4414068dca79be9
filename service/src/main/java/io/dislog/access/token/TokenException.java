package io.dislog.access.token;

import java.io.Serial;

/** A token is none, or can't be checked; its message says why, and nothing of the token. */
public final class TokenException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Flaw {
    /** The token. */
    WRONG,
    /** No key that is known has signed it. */
    UNKNOWN_KEY,
    /** Its issuer has never said what its keys are. */
    NO_KEYS
  }

  private final Flaw flaw;

  TokenException(Flaw flaw, String message) {
    super(message, null, false, false);
    this.flaw = flaw;
  }

  public Flaw flaw() {
    return flaw;
  }
}

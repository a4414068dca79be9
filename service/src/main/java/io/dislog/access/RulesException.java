package io.dislog.access;

import java.io.Serial;

/** A file of rules or tokens says something that can't be understood; its message is one line. */
public final class RulesException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  public RulesException(String message) {
    super(message, null, false, false);
  }
}

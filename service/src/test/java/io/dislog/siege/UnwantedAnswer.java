package io.dislog.siege;

import java.io.IOException;

/** The service has answered, but not what it should. */
final class UnwantedAnswer extends IOException {

  private static final long serialVersionUID = 1;

  UnwantedAnswer(String what) {
    super(what);
  }
}

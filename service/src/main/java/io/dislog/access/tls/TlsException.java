package io.dislog.access.tls;

import java.io.Serial;

/** Files of keys and certificates can't be used as they are; its message says why. */
public final class TlsException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  TlsException(String message) {
    super(message, null, false, false);
  }
}

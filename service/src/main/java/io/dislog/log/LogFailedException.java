package io.dislog.log;

import java.io.IOException;
import java.io.Serial;

/** The log takes no more appends until it is opened anew: its disk failed it, or it is damaged. */
public final class LogFailedException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  public LogFailedException(String detail, Throwable cause) {
    super(detail, cause);
  }
}

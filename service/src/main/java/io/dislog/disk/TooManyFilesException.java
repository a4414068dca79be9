package io.dislog.disk;

import java.io.Serial;

/** The process has no file descriptor, or no memory mapping, left; nothing was opened. */
public final class TooManyFilesException extends ShortageException {

  @Serial private static final long serialVersionUID = 1L;

  public TooManyFilesException(String detail) {
    super(detail);
  }
}

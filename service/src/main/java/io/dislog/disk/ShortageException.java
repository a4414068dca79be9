package io.dislog.disk;

import java.io.IOException;
import java.io.Serial;

/**
 * The machine lacks for now what an operation needs. Nobody has to doubt what is on the disk: the
 * round is cut back, and tried again once there is some.
 */
public abstract sealed class ShortageException extends IOException
    permits StorageFullException, TooManyFilesException {

  @Serial private static final long serialVersionUID = 1L;

  ShortageException(String detail) {
    super(detail);
  }
}

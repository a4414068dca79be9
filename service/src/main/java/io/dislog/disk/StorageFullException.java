package io.dislog.disk;

import java.io.Serial;

/** The disk has no room for what was to be written; nothing of it was kept. */
public final class StorageFullException extends ShortageException {

  @Serial private static final long serialVersionUID = 1L;

  public StorageFullException(String detail) {
    super(detail);
  }
}

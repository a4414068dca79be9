package io.dislog.disk;

import java.io.IOException;
import java.io.Serial;

/** A file does not hold what was once forced into it: it is refused, never served or cut away. */
public final class DamageException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * @param file the file's name, without its folder
   * @param position in bytes from the file's begin
   * @param expected what should stand there
   * @param found what does
   */
  public DamageException(String file, long position, String expected, String found) {
    super(
        "%s is damaged at position %d: expected %s, found %s"
            .formatted(file, position, expected, found));
  }
}

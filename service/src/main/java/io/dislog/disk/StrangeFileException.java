package io.dislog.disk;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** What lies at a path is of another kind than Dislog puts there: it is left alone. */
public final class StrangeFileException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * @param expected what kind of thing should be there
   * @param found what kind is
   */
  StrangeFileException(Path path, String expected, String found) {
    super("%s is %s: expected %s".formatted(path, found, expected));
  }
}

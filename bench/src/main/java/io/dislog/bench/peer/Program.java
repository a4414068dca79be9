package io.dislog.bench.peer;

import java.io.IOException;
import java.nio.file.Path;

/** What a peer is started from, if it is there. */
sealed interface Program {

  /**
   * Where it is.
   *
   * @throws IOException with the reason in one line, where it is not
   */
  Path path() throws IOException;

  /** The version, as a name goes on with it: behind a space, or empty. */
  String version();

  /**
   * One that can be started.
   *
   * @param path of a file, or of a folder with what belongs together
   */
  record Present(Path path, String version) implements Program {}

  /**
   * One that can't.
   *
   * @param why in one line
   */
  record Absent(String version, String why) implements Program {

    @Override
    public Path path() throws IOException {
      throw new IOException(why);
    }
  }
}

package io.dislog.disk;

import java.io.IOException;

/** What an operation of {@link FaultyDisk} does where nothing goes wrong. */
interface Change {
  void run() throws IOException;
}

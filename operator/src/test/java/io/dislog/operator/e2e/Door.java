package io.dislog.operator.e2e;

import java.io.IOException;
import java.util.Map;

/** A way to a cluster's Service. Thread-safe. */
interface Door {

  /**
   * Sends a request and waits for its answer.
   *
   * @throws IOException where none came; the request may have been carried out all the same
   */
  Answer send(String method, String path, Map<String, String> headers, String body)
      throws IOException, InterruptedException;

  /** What was answered. Immutable. */
  record Answer(int status, String body) {}
}

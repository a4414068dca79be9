package io.dislog.it;

import java.io.IOException;

/** Uses the service, one request or a few at a time. */
interface Client {

  /**
   * Does the next thing.
   *
   * @throws IOException where the service was not there, or went away before it answered
   */
  void act(Api api) throws IOException, InterruptedException;
}

package io.dislog.http;

import java.io.IOException;
import java.io.Serial;

/** The client went away, or was left, before its answer was there whole. */
final class ClientGone extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  ClientGone(String why) {
    super(why);
  }

  ClientGone(Throwable cause) {
    super("the client went away", cause);
  }
}

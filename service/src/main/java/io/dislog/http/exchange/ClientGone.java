package io.dislog.http.exchange;

import java.io.IOException;
import java.io.Serial;

/** The client went away, or was left, before its answer was there whole. */
public final class ClientGone extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  public ClientGone(String why) {
    super(why);
  }

  public ClientGone(Throwable cause) {
    super("the client went away", cause);
  }
}

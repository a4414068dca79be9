package io.dislog.raft.transport;

import java.io.IOException;
import java.io.Serial;

/** The other end of a connection is not one that this node can speak with; says why. */
final class Mismatch extends IOException {

  @Serial private static final long serialVersionUID = 1;

  Mismatch(String why) {
    super(why);
  }
}

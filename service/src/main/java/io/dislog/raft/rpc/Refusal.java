package io.dislog.raft.rpc;

import java.io.IOException;
import java.io.Serial;

/** Why a node does not answer another one, in words for whoever asked. */
final class Refusal extends IOException {

  @Serial private static final long serialVersionUID = 1;

  Refusal(String why) {
    super(why);
  }
}

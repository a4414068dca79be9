package io.dislog.kit.smoke;

import java.io.IOException;

/**
 * Nobody knows whether a request was carried out: its leader stood still or went away before it
 * answered, as happens where a machine has much else to do.
 */
final class LeaderGone extends IOException {
  private static final long serialVersionUID = 1;

  LeaderGone(Answer answer) {
    super(answer.request() + ": " + answer.text());
  }
}

package io.dislog.http.exchange;

/**
 * Whether the sender of a request that is under way no longer may have what it asked for: its
 * credential has expired, or a rule was changed. Safe for use by many threads.
 */
public final class Revocation {

  private volatile boolean revoked;
  private volatile Runnable listener;

  /**
   * @param usual what happens where nobody listens
   */
  Revocation(Runnable usual) {
    listener = usual;
  }

  /** Calls back when it is so, at once where it already is. */
  public void listen(Runnable instead) {
    listener = instead;
    if (revoked) {
      instead.run();
    }
  }

  public void revoke() {
    revoked = true;
    listener.run();
  }

  public boolean isRevoked() {
    return revoked;
  }
}

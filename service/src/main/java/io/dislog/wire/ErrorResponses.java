package io.dislog.wire;

/** What is answered to a request that is refused here. Safe for use by many threads. */
public interface ErrorResponses {

  /**
   * The whole answer as it goes over the connection, which is closed behind it.
   *
   * @param detail one sentence about this request
   * @param path that was asked for, as far as it is known
   */
  byte[] answer(Flaw flaw, String detail, String path);
}

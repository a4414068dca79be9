package io.dislog.http.stream;

/** A reader at the end of a stream. */
interface Waiter {

  /** The offset of the record that it waits for. */
  long next();

  /** Something has happened; it waits no more. Must not block. */
  void wake();
}

package io.dislog.it;

/** A client of a cluster that has something to do again and again. For one thread. */
interface Worker {

  /** Makes the next call, or the next few. */
  void act() throws InterruptedException;
}

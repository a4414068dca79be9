package io.dislog.bench.peer;

/** What an append that was answered has survived. */
enum Durability {

  /** It is forced to the device, on a majority of the nodes: what Dislog does. */
  FSYNC,

  /** What the system does where nobody says otherwise. */
  DEFAULT
}

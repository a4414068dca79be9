package io.dislog.command;

/** What an append has reached when it is answered. */
public enum Durability {
  /** Stable storage. */
  FSYNC,
  /** The operating system's cache. */
  BUFFERED
}

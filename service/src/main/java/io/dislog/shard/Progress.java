package io.dislog.shard;

/** Is told how far the recovery of a shard is. */
@FunctionalInterface
public interface Progress {

  /** So many of so many logs are open. */
  void recovered(int done, int total);
}

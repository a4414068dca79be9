package io.dislog.shard;

/** Ends, when closed, the calls that {@link LogView#subscribe} promised. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

  @Override
  void close();
}

package io.dislog.shard;

/** Ends, when closed, the calls that {@link NamedLog#subscribe} promised. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

  @Override
  void close();
}

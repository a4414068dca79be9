package io.dislog.raft.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;

/**
 * How every connection between nodes begins, on both sides, see {@link Introduction}. Blocks, for
 * some seconds at most. Stateless.
 */
final class Greeting {

  private static final int CONNECT_MILLIS = 1_000;
  private static final int GREET_MILLIS = 3_000;

  /** An idle connection to a machine that is gone without a word ends within a minute. */
  private static final Map<SocketOption<Integer>, Integer> KEEP_ALIVE =
      Map.of(
          ExtendedSocketOptions.TCP_KEEPIDLE, 30,
          ExtendedSocketOptions.TCP_KEEPINTERVAL, 10,
          ExtendedSocketOptions.TCP_KEEPCOUNT, 3);

  private Greeting() {}

  /**
   * Connects to a node.
   *
   * @throws Mismatch where another node is there, or none
   * @throws IOException where nobody is there
   */
  static SocketChannel connect(Self self, String node, InetSocketAddress address)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.socket().connect(address, CONNECT_MILLIS);
      prepare(channel);
      return within(
          channel,
          () -> {
            new Introduction(self, self.proof(), channel).connect(node);
            return channel;
          });
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Hears who has connected.
   *
   * @return its id
   * @throws Mismatch where it is no node, or of another cluster, or wants another one than this
   * @throws IOException where it says nothing
   */
  static String accept(Self self, SocketChannel channel) throws IOException {
    prepare(channel);
    return within(channel, () -> new Introduction(self, self.proof(), channel).accept());
  }

  private static void prepare(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    for (Map.Entry<SocketOption<Integer>, Integer> option : KEEP_ALIVE.entrySet()) {
      if (channel.supportedOptions().contains(option.getKey())) {
        channel.setOption(option.getKey(), option.getValue());
      }
    }
  }

  /** Closes the channel where it takes too long, so that whatever waits for it fails. */
  private static <T> T within(SocketChannel channel, Greeted<T> greeted) throws IOException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    var _ =
        done.orTimeout(GREET_MILLIS, TimeUnit.MILLISECONDS)
            .exceptionally(late -> {
              close(channel);
              return null;
            });
    try {
      return greeted.call();
    } catch (ClosedChannelException e) {
      throw new IOException("the other end does not say who it is", e);
    } finally {
      done.complete(null);
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is said, and heard. */
  private interface Greeted<T> {
    T call() throws IOException;
  }
}

package io.dislog.raft.transport;

import io.dislog.access.tls.NodeTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
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
   * Connects to a node; with TLS where this one has it, and without where that is allowed and with
   * it the other one does not answer.
   *
   * @throws Mismatch where another node is there, or none
   * @throws IOException where nobody is there
   */
  static Link connect(Self self, String node, InetSocketAddress address) throws IOException {
    if (self.tls().isEmpty()) {
      return connect(self, node, address, NodeLinks::plain);
    }
    NodeTls tls = self.tls().get();
    try {
      return connect(self, node, address, (own, socket) -> NodeLinks.connect(own, tls, socket));
    } catch (ConnectException | SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      if (tls.isOptional()) {
        return connect(self, node, address, NodeLinks::plain);
      }
      throw e;
    }
  }

  private static Link connect(Self self, String node, InetSocketAddress address, Beginning begin)
      throws IOException {
    SocketChannel socket = SocketChannel.open();
    try {
      socket.socket().connect(address, CONNECT_MILLIS);
      prepare(socket);
      return within(
          socket,
          () -> {
            NodeLinks.Begun begun = begin.of(self, socket);
            new Introduction(self, begun.proof(), begun.link()).connect(node);
            return begun.link();
          });
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** A node that has connected, and how it is spoken with. */
  record Guest(String node, Link link) {}

  /**
   * Hears who has connected.
   *
   * @throws Mismatch where it is no node, or of another cluster, or wants another one than this
   * @throws IOException where it says nothing
   */
  static Guest accept(Self self, SocketChannel socket) throws IOException {
    prepare(socket);
    return within(
        socket,
        () -> {
          NodeLinks.Begun begun = NodeLinks.accept(self, socket);
          String node = new Introduction(self, begun.proof(), begun.link()).accept();
          return new Guest(node, begun.link());
        });
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
    } catch (SSLException e) {
      throw new Mismatch("TLS does not begin: " + e.getMessage());
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

  /** Makes a link of a socket. */
  private interface Beginning {
    NodeLinks.Begun of(Self self, SocketChannel socket) throws IOException;
  }

  /** What is said, and heard. */
  private interface Greeted<T> {
    T call() throws IOException;
  }
}

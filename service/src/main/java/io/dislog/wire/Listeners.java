package io.dislog.wire;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link Listener} in front of each port that the framework listens on. The framework has no
 * place for one, and does not say when it begins to listen: so its event loops are asked again and
 * again for the channels that they look after, often while the service starts, and seldom later.
 * Runs on these loops.
 */
public final class Listeners {

  private static final long OFTEN_MILLIS = 5;
  private static final long SELDOM_MILLIS = 1000;
  private static final int OFTEN_LOOKS = 12_000;

  private final EventLoopGroup workers;
  private final IntFunction<@Nullable Listener> listenerOf;

  /**
   * @param workers event loops of the connections
   * @param listenerOf chooses by the port, and is null for one that is not known yet
   */
  public Listeners(EventLoopGroup workers, IntFunction<@Nullable Listener> listenerOf) {
    this.workers = workers;
    this.listenerOf = listenerOf;
  }

  /**
   * Begins to look.
   *
   * @param acceptors event loops of the channels that listen
   */
  public void watch(EventLoopGroup acceptors) {
    for (EventExecutor loop : acceptors) {
      loop.execute(() -> look((EventLoop) loop, OFTEN_LOOKS));
    }
  }

  private void look(EventLoop acceptor, int often) {
    for (Channel channel : channelsOf(acceptor)) {
      if (channel instanceof ServerChannel
          && channel.localAddress() instanceof InetSocketAddress address
          && channel.pipeline().get(Listener.class) == null) {
        Listener listener = listenerOf.apply(address.getPort());
        if (listener != null) {
          channel.pipeline().addFirst(listener);
          adopt(channel, listener);
        }
      }
    }
    int left = Math.max(0, often - 1);
    ScheduledFuture<?> _ =
        acceptor.schedule(
            () -> look(acceptor, left),
            left > 0 ? OFTEN_MILLIS : SELDOM_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  /** Connections that were there before. */
  private void adopt(Channel server, Listener listener) {
    for (EventExecutor loop : workers) {
      loop.execute(() -> {
        for (Channel connection : channelsOf((EventLoop) loop)) {
          if (server.equals(connection.parent())) {
            listener.adopt(connection);
          }
        }
      });
    }
  }

  private static List<Channel> channelsOf(EventLoop loop) {
    List<Channel> channels = new ArrayList<>();
    ((SingleThreadEventLoop) loop).registeredChannelsIterator().forEachRemaining(channels::add);
    return channels;
  }
}

package io.dislog.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one port does with its connections: each is guarded from its first byte on, and where as
 * many are open as may be, an idle one is closed for a new one. Safe for use by many threads.
 */
public final class Listener extends ChannelInboundHandlerAdapter {

  private static final String TRACKER = "responseTracker";
  private static final String GUARD = "guard";
  private static final String LAST = "handler";
  private static final String UNDECIDED = "h2c";
  private static final long LOOK_MILLIS = 5;

  private final Seats seats;
  private final HttpServerOptions options;
  private final ErrorResponses errors;
  private final HeadMemory memory;

  /**
   * @param options of which the sizes of heads are taken
   */
  public Listener(
      int maxConnections, HttpServerOptions options, ErrorResponses errors, HeadMemory memory) {
    this.seats = new Seats(maxConnections, System::nanoTime);
    this.options = options;
    this.errors = errors;
    this.memory = memory;
  }

  /**
   * It keeps nothing of one connection. Said by this method: of a class that is annotated, Quarkus
   * packs one of its own, so that the order of files in a build would depend on where it is built.
   */
  @Override
  public boolean isSharable() {
    return true;
  }

  /** Connections that are open, and not about to be closed for others. */
  public int open() {
    return seats.taken();
  }

  /** Idle connections that were closed for new ones. */
  public long displaced() {
    return seats.displaced();
  }

  /** New connections that were closed at once, for of those that were open none was idle. */
  public long refused() {
    return seats.refused();
  }

  /** Has one connection accepted at a time, for whether there is room is asked after each. */
  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    if (ctx.channel().config().getRecvByteBufAllocator()
        instanceof MaxMessagesRecvByteBufAllocator accepts) {
      accepts.maxMessagesPerRead(1);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object accepted) {
    Channel connection = (Channel) accepted;
    Seats.Seat seat = seat(connection);
    if (seat == null) {
      connection.unsafe().closeForcibly();
    } else {
      connection.pipeline().addLast(GUARD, new Guard(seat, channel -> guard(channel, seat)));
      ctx.fireChannelRead(connection);
    }
    if (!seats.mayCome()) {
      ctx.channel().config().setAutoRead(false);
      acceptLater(ctx.channel());
    }
  }

  /** Guards a connection that was accepted before this listener was there. */
  void adopt(Channel connection) {
    if (connection.pipeline().get(TRACKER) == null
        && connection.pipeline().get(Guard.DECODER) != null) {
      Seats.Seat seat = seat(connection);
      if (seat == null || !seat.requestBegins()) { // For one may have begun.
        ChannelFuture _ = connection.close();
      } else {
        guard(connection, seat);
      }
    }
  }

  private Seats.@Nullable Seat seat(Channel connection) {
    Seats.Seat seat =
        seats.take(() -> {
          ChannelFuture _ = connection.close();
        });
    if (seat != null) {
      connection.closeFuture().addListener(over -> seat.leave());
    }
    return seat;
  }

  /** Those that come meanwhile wait in the system's queue. */
  private void acceptLater(Channel server) {
    ScheduledFuture<?> _ =
        server
            .eventLoop()
            .schedule(
                () -> {
                  if (seats.mayCome()) {
                    server.config().setAutoRead(true);
                  } else {
                    acceptLater(server);
                  }
                },
                LOOK_MILLIS,
                TimeUnit.MILLISECONDS);
  }

  private void guard(Channel connection, Seats.Seat seat) {
    SingleRequestDecoder decoder =
        new SingleRequestDecoder(options, errors, memory, seat, System::nanoTime);
    ChannelPipeline pipeline = connection.pipeline();
    String next = pipeline.get(LAST) == null ? UNDECIDED : LAST;
    pipeline.addBefore(next, TRACKER, new ResponseTracker(decoder));
    pipeline.replace(Guard.DECODER, Guard.DECODER, decoder);
  }
}

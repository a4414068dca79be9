package io.dislog.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Waits at the head of a new connection until the framework has laid out its pipeline: before the
 * connection is active or, where the framework would speak HTTP/2 too, as on the management port,
 * once it has seen that it need not. Runs on an event loop.
 */
final class Guard extends ChannelInboundHandlerAdapter {

  /** What the framework calls its decoder. */
  static final String DECODER = "httpDecoder";

  /** The first bytes of HTTP/2, which no method of HTTP/1.1 begins with. */
  private static final String OTHER_PROTOCOL = "PRI";

  private final Seats.Seat seat;
  private final Consumer<Channel> guard;
  private ByteBuf first = Unpooled.EMPTY_BUFFER;

  /**
   * @param guard is called once, with the pipeline as it will be
   */
  Guard(Seats.Seat seat, Consumer<Channel> guard) {
    this.seat = seat;
    this.guard = guard;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    seat.arrive();
    if (ctx.pipeline().get(DECODER) != null) {
      guard.accept(ctx.channel());
      ctx.pipeline().remove(this);
    }
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    first = Unpooled.wrappedBuffer(first, (ByteBuf) message);
    if (first.readableBytes() < OTHER_PROTOCOL.length()) {
      return;
    }
    ByteBuf rest = first;
    first = Unpooled.EMPTY_BUFFER;
    ByteBuf begin = rest.readRetainedSlice(OTHER_PROTOCOL.length());
    if (begin.toString(StandardCharsets.US_ASCII).equals(OTHER_PROTOCOL)) {
      begin.release();
      rest.release();
      ChannelFuture _ = ctx.close();
      return;
    }
    ctx.fireChannelRead(begin);
    guard.accept(ctx.channel());
    ctx.fireChannelRead(rest);
    ctx.pipeline().remove(this);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    first.release();
  }
}

package io.dislog.wire;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The answer behind which a connection is closed: at once towards the client, and in the other
 * direction after a while, for with bytes unread a close would take the answer away from it. Runs
 * on an event loop.
 */
final class LastAnswer {

  private static final long LINGER_MILLIS = 2000;

  private LastAnswer() {}

  /** Tells when it is sent. */
  static ChannelFuture send(ChannelHandlerContext ctx, byte[] answer) {
    return ctx.writeAndFlush(Unpooled.wrappedBuffer(answer))
        .addListener((ChannelFutureListener) sent -> linger(ctx));
  }

  static void close(ChannelHandlerContext ctx) {
    ChannelFuture _ = ctx.close();
  }

  private static void linger(ChannelHandlerContext ctx) {
    if (ctx.channel() instanceof SocketChannel socket) {
      ChannelFuture _ = socket.shutdownOutput();
    }
    ScheduledFuture<?> _ =
        ctx.executor().schedule(() -> close(ctx), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }
}

package io.dislog.wire;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;

/**
 * Tells the decoder of a connection when an answer begins, when it has been written, and when the
 * client has taken so much of it that the next one may be made. Runs on an event loop.
 */
final class ResponseTracker extends ChannelDuplexHandler {

  private final SingleRequestDecoder decoder;

  ResponseTracker(SingleRequestDecoder decoder) {
    this.decoder = decoder;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (decoder.hasRefused()) {
      ReferenceCountUtil.release(message);
      promise.tryFailure(new ClosedChannelException());
      return;
    }
    boolean interim = isInterim(message);
    if (message instanceof HttpResponse && !interim) {
      decoder.answerBegins();
    }
    if (message instanceof LastHttpContent && !interim) {
      ctx.write(message, promise.unvoid()).addListener(written -> decoder.answerEnds(ctx));
    } else {
      ChannelFuture _ = ctx.write(message, promise);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    decoder.settle(ctx);
    ctx.fireChannelWritabilityChanged();
  }

  /** Whoever resumes a connection does not know that the decoder has paused it. */
  @Override
  public void read(ChannelHandlerContext ctx) {
    if (decoder.isPaused()) {
      ctx.channel().config().setAutoRead(false);
    } else {
      ctx.read();
    }
  }

  /** As 100 Continue is, which another answer follows. */
  private static boolean isInterim(Object message) {
    return message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }
}

package io.dislog.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one port does with its connections: those beyond a limit are closed at once, the others are
 * guarded from their first byte on. Safe for use by many threads.
 */
public final class Listener extends ChannelInboundHandlerAdapter {

  private static final String TRACKER = "responseTracker";
  private static final String GUARD = "guard";
  private static final String LAST = "handler";
  private static final String UNDECIDED = "h2c";

  private final int maxConnections;
  private final HttpServerOptions options;
  private final Refusals refusals;
  private final HeadMemory memory;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong closed = new AtomicLong();

  /**
   * @param options of which the sizes of heads are taken
   */
  public Listener(
      int maxConnections, HttpServerOptions options, Refusals refusals, HeadMemory memory) {
    this.maxConnections = maxConnections;
    this.options = options;
    this.refusals = refusals;
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

  /** Connections that are open. */
  public int open() {
    return open.get();
  }

  /** Connections that were closed for being too many. */
  public long refused() {
    return closed.get();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object accepted) {
    Channel connection = (Channel) accepted;
    if (admit(connection)) {
      connection.pipeline().addLast(GUARD, new Guard(this::guard));
      ctx.fireChannelRead(connection);
    } else {
      connection.unsafe().closeForcibly();
    }
  }

  /** Guards a connection that was accepted before this listener was there. */
  void adopt(Channel connection) {
    if (connection.pipeline().get(TRACKER) == null
        && connection.pipeline().get(Guard.DECODER) != null) {
      if (admit(connection)) {
        guard(connection);
      } else {
        ChannelFuture _ = connection.close();
      }
    }
  }

  private boolean admit(Channel connection) {
    if (open.incrementAndGet() > maxConnections) {
      open.decrementAndGet();
      closed.incrementAndGet();
      return false;
    }
    connection.closeFuture().addListener(over -> open.decrementAndGet());
    return true;
  }

  private void guard(Channel connection) {
    RequestDecoder decoder = new RequestDecoder(options, refusals, memory, System::nanoTime);
    ChannelPipeline pipeline = connection.pipeline();
    String next = pipeline.get(LAST) == null ? UNDECIDED : LAST;
    pipeline.addBefore(next, TRACKER, new ResponseTracker(decoder));
    pipeline.replace(Guard.DECODER, Guard.DECODER, decoder);
  }
}

package io.dislog.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one request of a connection, and the next one only when that one's answer is written.
 * What the client sends meanwhile stays where it is: once some of it has come, nothing more is
 * read. Until then the connection is read all the same, for its end is to be noticed. Runs on an
 * event loop.
 */
final class SingleRequestDecoder extends VertxHttpRequestDecoder {

  private static final short CR_LF = ('\r' << 8) | '\n';
  private static final int MOST_BLANKS = 4;

  private final ErrorResponses errors;
  private final LongSupplier nanoTime;
  private final HeadMemory.Share memory;
  private final Seats.Seat seat;
  private final Head head;
  private final Pace pace = new Pace();
  private State state = State.HEAD;
  private String path = "";
  private int blanks;
  private boolean begun;
  private boolean answering;
  private boolean answered;
  private boolean paused;
  private boolean feeding;
  private @Nullable ScheduledFuture<?> timer;

  SingleRequestDecoder(
      HttpServerOptions options,
      ErrorResponses errors,
      HeadMemory memory,
      Seats.Seat seat,
      LongSupplier nanoTime) {
    super(options);
    this.errors = errors;
    this.nanoTime = nanoTime;
    this.memory = memory.new Share();
    this.seat = seat;
    this.head = new Head(options.getMaxInitialLineLength(), options.getMaxHeaderSize());
  }

  private enum State {
    /** A head comes, or nothing. */
    HEAD,
    /** The body of a request comes. */
    BODY,
    /** A request is there whole, and its answer is not. */
    WHOLE,
    /** Nothing that comes is looked at any more. */
    REFUSED
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    if (message instanceof ByteBuf bytes && begun) {
      pace.add(bytes.readableBytes(), nanoTime.getAsLong());
      if (state == State.BODY) {
        seat.bodyGoesOn(bytes.readableBytes());
      }
    }
    feeding = true;
    super.channelRead(ctx, message);
    feeding = false;
    settle(ctx);
  }

  /** As the superclass does, but that it asks for no more while nothing more is to be read. */
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    if (paused) {
      discardSomeReadBytes();
      ctx.fireChannelReadComplete();
    } else {
      super.channelReadComplete(ctx);
    }
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
    memory.letGo();
    stopTimer();
    super.handlerRemoved0(ctx);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    try {
      switch (state) {
        case HEAD -> decodeHead(ctx, in, out);
        case BODY -> decodeBody(ctx, in, out);
        case WHOLE -> {}
        case REFUSED -> in.skipBytes(in.readableBytes());
      }
    } catch (Flawed flawed) {
      out.forEach(ReferenceCountUtil::release);
      out.clear();
      refuse(ctx, flawed);
      in.skipBytes(in.readableBytes());
    }
  }

  /** Leaves both headers where they are, for {@link Framing} to refuse; otherwise one would go. */
  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {}

  /** The answer, or a piece of it, goes to the client. */
  void answerBegins() {
    answering = true;
  }

  /** The whole answer has been written to the socket. */
  void answerEnds(ChannelHandlerContext ctx) {
    // Where neither, the connection is older than this decoder.
    answered = state == State.WHOLE || state == State.BODY;
    if (!feeding) {
      settle(ctx);
    }
  }

  /** Whether nothing is to be read from the connection, whoever asks. */
  boolean isPaused() {
    return paused;
  }

  /** Whether the last answer was given. */
  boolean hasRefused() {
    return state == State.REFUSED;
  }

  /** Goes on with the next request where this one is over; reads, or stops reading. */
  void settle(ChannelHandlerContext ctx) {
    if (state == State.WHOLE && answered && ctx.channel().isWritable()) {
      next();
      if (actualReadableBytes() > 0) {
        // In a turn of its own, so that other connections have theirs between two requests.
        ChannelHandlerContext own = ctx.pipeline().context(this);
        ctx.executor().execute(() -> feed(own));
        return;
      }
    }
    boolean pause = state == State.WHOLE && actualReadableBytes() > 0;
    if (pause != paused) {
      paused = pause;
      ctx.channel().config().setAutoRead(!pause);
    }
  }

  private void feed(ChannelHandlerContext own) {
    if (own.isRemoved()) {
      return;
    }
    try {
      channelRead(own, Unpooled.EMPTY_BUFFER);
      own.fireChannelReadComplete();
    } catch (Exception e) {
      own.fireExceptionCaught(e);
    }
  }

  private void next() {
    state = State.HEAD;
    head.reset();
    memory.letGo();
    path = "";
    blanks = 0;
    begun = false;
    answering = false;
    answered = false;
    seat.requestEnds();
  }

  private void decodeHead(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
      throws Exception {
    skipBlanks(in);
    if (!in.isReadable()) {
      return;
    }
    begin();
    boolean whole = head.isWhole(in);
    if (!memory.hold(head.size())) {
      throw new Flawed(Flaw.TOO_BUSY, "more large headers wait than the service holds");
    }
    if (!whole) {
      seat.headBegins();
      watch(ctx);
      return;
    }
    if (!seat.requestBegins()) {
      state = State.REFUSED; // It is about to be closed for another.
      return;
    }
    path = head.path(in);
    super.decode(ctx, in, out);
    if (out.isEmpty() || !(out.getFirst() instanceof HttpRequest request)) {
      throw Flawed.malformed("the head can't be read");
    }
    Framing.check(request);
    request.headers().remove(HttpHeaderNames.UPGRADE); // No other protocol is spoken here.
    if (out.getLast() instanceof LastHttpContent) {
      state = State.WHOLE;
    } else {
      state = State.BODY;
      seat.bodyBegins();
      watch(ctx);
    }
  }

  /** Some clients send an empty line behind a body. */
  private void skipBlanks(ByteBuf in) throws Flawed {
    while (!begun && in.readableBytes() >= 2 && in.getShort(in.readerIndex()) == CR_LF) {
      in.skipBytes(2);
      if (++blanks > MOST_BLANKS) {
        throw Flawed.malformed("empty lines precede a request");
      }
    }
  }

  private void begin() {
    if (!begun) {
      begun = true;
      pace.begin(nanoTime.getAsLong());
    }
  }

  private void decodeBody(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
      throws Exception {
    super.decode(ctx, in, out);
    for (Object part : out) {
      if (part instanceof HttpContent content && content.decoderResult().isFailure()) {
        throw Flawed.malformed("the body's chunks can't be told apart");
      }
      if (part instanceof LastHttpContent) {
        state = State.WHOLE;
        if (!seat.bodyEnds()) {
          throw new Flawed(
              Flaw.TOO_SLOW, "the request came slowly, and the connection went to another");
        }
      }
    }
  }

  private void watch(ChannelHandlerContext ctx) {
    if (timer == null) {
      timer =
          ctx.executor()
              .schedule(() -> look(ctx), pace.left(nanoTime.getAsLong()), TimeUnit.NANOSECONDS);
    }
  }

  private void look(ChannelHandlerContext ctx) {
    timer = null;
    boolean comes = state == State.BODY || (state == State.HEAD && begun);
    if (!comes) {
      return;
    }
    if (!ctx.channel().config().isAutoRead()) {
      pace.begin(nanoTime.getAsLong()); // It is the service that does not read.
    }
    if (pace.left(nanoTime.getAsLong()) <= 0) {
      refuse(ctx, new Flawed(Flaw.TOO_SLOW, "the request comes slower than 1 KiB a second"));
    } else {
      watch(ctx);
    }
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void refuse(ChannelHandlerContext ctx, Flawed flawed) {
    String asked = path.isEmpty() ? head.path(internalBuffer()) : path;
    state = State.REFUSED;
    stopTimer();
    if (answering) {
      LastAnswer.close(ctx); // A second answer would be taken for that of another request.
    } else {
      LastAnswer.send(ctx, errors.answer(flawed.flaw(), flawed.detail(), asked))
          .addListener(sent -> seat.requestEnds());
    }
  }
}

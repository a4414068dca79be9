package io.dislog.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SingleRequestDecoderTest {

  private static final String GET = "GET /%s HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String POST = "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\n";

  private long now;
  private final HeadMemory memory = new HeadMemory(100 << 10);
  private final Seats seats = new Seats(1, () -> now);
  private final EmbeddedChannel channel = channel(seats);

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void theSecondRequestWaitsForTheFirstOnesAnswer() {
    send(GET.formatted(1) + GET.formatted(2) + GET.formatted(3));
    assertThat(requests()).containsExactly("/1");
    assertThat(channel.config().isAutoRead()).as("reads on").isFalse();
    answer();
    assertThat(requests()).containsExactly("/2");
    assertThat(channel.config().isAutoRead()).as("reads on").isFalse();
    answer();
    assertThat(requests()).containsExactly("/3");
    assertThat(channel.config().isAutoRead()).as("reads on, for its end").isTrue();
    answer();
    send(GET.formatted(4));
    assertThat(requests()).containsExactly("/4");
  }

  @Test
  void whoResumesTheConnectionDoesNotHaveItRead() {
    send(GET.formatted(1) + GET.formatted(2));
    channel.config().setAutoRead(false);
    channel.config().setAutoRead(true);
    channel.runPendingTasks();
    assertThat(channel.config().isAutoRead()).as("reads on").isFalse();
    answer();
    assertThat(channel.config().isAutoRead()).as("reads on").isTrue();
  }

  @Test
  void anInterimAnswerIsNotTheAnswer() {
    send(POST + "abcdef" + GET.formatted(2));
    assertThat(requests()).containsExactly("/p");
    write(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    assertThat(requests()).isEmpty();
    write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    write(new DefaultHttpContent(Unpooled.copiedBuffer("x", StandardCharsets.US_ASCII)));
    assertThat(requests()).isEmpty();
    write(LastHttpContent.EMPTY_LAST_CONTENT);
    assertThat(requests()).containsExactly("/2");
  }

  @Test
  void anEarlyAnswerDoesNotMakeARequestOfTheRestOfTheBody() {
    send(POST + "abc");
    assertThat(requests()).containsExactly("/p");
    answer();
    send("def" + GET.formatted(2));
    assertThat(requests()).containsExactly("/2");
  }

  @Test
  void theNextAnswerWaitsForAClientThatDoesNotRead() {
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(5, 10));
    send(GET.formatted(1) + GET.formatted(2));
    requests();
    writeOnly(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    writeOnly(Unpooled.buffer().writeZero(100));
    writeOnly(LastHttpContent.EMPTY_LAST_CONTENT);
    channel.runPendingTasks();
    assertThat(channel.isWritable()).isFalse();
    assertThat(requests()).isEmpty();
    channel.flush();
    channel.runPendingTasks();
    assertThat(requests()).containsExactly("/2");
  }

  @Test
  void theConnectionKeepsItsSeatUntilTheClientHasTheWholeAnswer() {
    send(POST + "abc");
    assertThat(seats.take(() -> {})).as("while the body comes").isNull();
    send("def");
    requests();
    writeOnly(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    channel.flush();
    assertThat(seats.take(() -> {})).as("within a stream").isNull();
    writeOnly(LastHttpContent.EMPTY_LAST_CONTENT);
    channel.runPendingTasks();
    assertThat(seats.take(() -> {})).as("before all is sent").isNull();
    channel.flush();
    channel.runPendingTasks();
    advance(Duration.ofSeconds(1));
    assertThat(seats.take(() -> {})).as("afterwards").isNotNull();
    send(GET.formatted(2));
    assertThat(requests()).as("of one that is about to be closed").isEmpty();
  }

  @Test
  void aHeadOfWhichAPartHasComeHoldsNoSeat() {
    send("GET /slow HTTP/1.1\r\n");
    advance(Duration.ofSeconds(1));
    assertThat(seats.take(() -> {})).isNotNull();
    send("Host: a\r\n\r\n");
    assertThat(requests()).isEmpty();
  }

  @Test
  void emptyLinesBetweenRequestsArePassedOver() {
    send("\r\n" + GET.formatted(1));
    assertThat(requests()).containsExactly("/1");
    answer();
    send("\r\n");
    advance(Duration.ofSeconds(60));
    send(GET.formatted(2));
    assertThat(requests()).containsExactly("/2");
    answer();
    send("\r\n".repeat(100));
    assertThat(rejection()).isEqualTo("MALFORMED ");
  }

  @Test
  void aHeadThatNeverEndsIsGivenUp() {
    send("GET /slow HTTP/1.1\r\nHost: a\r\n");
    for (int second = 0; second < 9; second++) {
      advance(Duration.ofSeconds(1));
      send("X");
    }
    assertThat(channel.isActive()).isTrue();
    advance(Duration.ofSeconds(2));
    assertThat(rejection()).isEqualTo("TOO_SLOW /slow");
  }

  @Test
  void aBodyThatDripsIsGivenUp() {
    send(POST.replace("6", "100000"));
    send("a".repeat(90_000));
    assertThat(requests()).containsExactly("/p");
    for (int second = 0; second < 11; second++) {
      advance(Duration.ofSeconds(1));
      send("a");
    }
    assertThat(rejection()).isEqualTo("TOO_SLOW /p");
  }

  @Test
  void whoHasGotItsAnswerGetsNoSecond() {
    send(POST + "abc");
    answer();
    assertThat(channel.<Object>readOutbound()).isNotNull();
    advance(Duration.ofSeconds(11));
    assertThat(channel.<Object>readOutbound()).isNull();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void anIdleConnectionIsLeftAlone() {
    send(GET.formatted(1));
    advance(Duration.ofSeconds(60));
    answer();
    advance(Duration.ofSeconds(60));
    assertThat(channel.isOpen()).isTrue();
    send(POST + "abcdef");
    assertThat(requests()).containsExactly("/1", "/p");
  }

  @Test
  void nothingOfWhatFollowsARefusalIsRead() {
    send(POST.replace("6", "6\r\nTransfer-Encoding: chunked") + "0\r\n\r\n" + GET.formatted(2));
    assertThat(rejection()).isEqualTo("MALFORMED /p");
    send(GET.formatted(3));
    assertThat(requests()).isEmpty();
    advance(Duration.ofSeconds(3));
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void chunksThatCantBeToldApartEndTheRequest() {
    send("POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\naXX");
    assertThat(rejection()).isEqualTo("MALFORMED /p");
  }

  @Test
  void largeHeadsShareWhatThereIs() {
    String large = "GET /%s HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(60 << 10) + "\r\n\r\n";
    send(large.formatted(1));
    assertThat(requests()).containsExactly("/1");
    EmbeddedChannel other = channel(new Seats(1, () -> now));
    other.writeInbound(Unpooled.copiedBuffer(large.formatted(2), StandardCharsets.US_ASCII));
    ByteBuf busy = other.readOutbound();
    assertThat(busy.toString(StandardCharsets.US_ASCII)).isEqualTo("TOO_BUSY /2");
    busy.release();
    answer();
    other.finishAndReleaseAll();
    send(large.formatted(3));
    assertThat(requests()).containsExactly("/3");
  }

  private EmbeddedChannel channel(Seats seats) {
    HttpServerOptions options =
        new HttpServerOptions().setMaxInitialLineLength(1000).setMaxHeaderSize(100 << 10);
    ErrorResponses errors =
        (flaw, detail, path) -> (flaw + " " + path).getBytes(StandardCharsets.US_ASCII);
    Seats.Seat seat = requireNonNull(seats.take(() -> {}));
    seat.arrive();
    SingleRequestDecoder decoder =
        new SingleRequestDecoder(options, errors, memory, seat, () -> now);
    EmbeddedChannel created = new EmbeddedChannel(decoder, new ResponseTracker(decoder));
    created.freezeTime();
    return created;
  }

  private void send(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    channel.runPendingTasks();
  }

  private void answer() {
    write(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
  }

  private void write(Object message) {
    channel.writeOutbound(message);
    channel.runPendingTasks();
  }

  private void writeOnly(Object message) {
    ChannelFuture _ = channel.write(message);
  }

  private void advance(Duration time) {
    now += time.toNanos();
    channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
  }

  /** What has come out since it was last asked. */
  private List<String> requests() {
    List<String> uris = new ArrayList<>();
    for (Object part = channel.readInbound(); part != null; part = channel.readInbound()) {
      if (part instanceof HttpRequest request) {
        uris.add(request.uri());
      }
      if (part instanceof HttpContent content) {
        ReferenceCountUtil.release(content);
      }
    }
    return uris;
  }

  private String rejection() {
    String last = "(none)";
    for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      if (out instanceof ByteBuf bytes) {
        last = bytes.toString(StandardCharsets.US_ASCII);
      }
      ReferenceCountUtil.release(out);
    }
    return last;
  }
}

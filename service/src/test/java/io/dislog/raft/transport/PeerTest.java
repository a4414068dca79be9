package io.dislog.raft.transport;

import static io.dislog.raft.transport.Answering.ECHO;
import static io.dislog.raft.transport.Answering.HOLD;
import static io.dislog.raft.transport.Answering.REFUSE;
import static io.dislog.raft.transport.Answering.got;
import static io.dislog.raft.transport.Answering.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.kit.Await;
import io.dislog.kit.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node asks another one. */
final class PeerTest {

  private final InetSocketAddress address =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next());
  private final Answering answering = new Answering();
  private final Peer peer =
      new Peer(Self.of("a"), "b", () -> "127.0.0.1:%d".formatted(address.getPort()), "test");
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private RaftPort port = new RaftPort(Self.of("b"), address, answering);

  @AfterEach
  void end() throws IOException {
    peer.close();
    port.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  @Test
  void whatIsAskedIsAnsweredInAnyOrder() throws Exception {
    port.start();

    CompletableFuture<ByteBuffer> held = peer.call(HOLD, text("first"));
    CompletableFuture<ByteBuffer> other = peer.call(ECHO, text("second"));

    assertThat(got(other)).isEqualTo("second");
    assertThat(held).isNotDone();
    Await.until("the first has come, too", () -> !answering.held.isEmpty());
    answering.held.getFirst().answer(text("at last"));
    assertThat(got(held)).isEqualTo("at last");
    assertThat(answering.guests).containsExactly("a");
  }

  @Test
  void aRefusalSaysWhy() throws Exception {
    port.start();

    assertThatThrownBy(() -> got(peer.call(REFUSE, Payload.EMPTY)))
        .hasRootCauseInstanceOf(IOException.class)
        .hasRootCauseMessage("it is refused");
    assertThat(got(peer.call(ECHO, text("more")))).isEqualTo("more");
  }

  @Test
  void largeMessagesGoBothWaysWhileSmallOnesDo() throws Exception {
    port.start();
    byte[] large = new byte[3 << 20];
    large[1_234_567] = 42;
    List<CompletableFuture<ByteBuffer>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(peer.call(ECHO, i % 2 == 0 ? Payload.of(ByteBuffer.wrap(large)) : text("" + i)));
    }

    for (int i = 0; i < 20; i++) {
      ByteBuffer answer = answers.get(i).get(1, TimeUnit.MINUTES);
      assertThat(answer)
          .isEqualTo(
              i % 2 == 0 ? ByteBuffer.wrap(large) : ByteBuffer.wrap(("" + i).getBytes(UTF_8)));
    }
  }

  @Test
  void whatIsTooLargeIsNotSent() throws Exception {
    port.start();

    assertThatThrownBy(
            () -> got(peer.call(ECHO, Payload.of(ByteBuffer.allocate(Frame.MOST_BYTES)))))
        .hasRootCauseMessage(
            "a message of %d bytes is too large to be sent".formatted(Frame.MOST_BYTES + 9));
    assertThat(got(peer.call(ECHO, text("more")))).isEqualTo("more");
  }

  @Test
  void whatIsUnderWayFailsWhereTheConnectionBreaks() throws Exception {
    port.start();
    CompletableFuture<ByteBuffer> held = peer.call(HOLD, text("first"));
    Await.until("it has come", () -> !answering.held.isEmpty());

    port.close();

    assertThatThrownBy(() -> got(held)).hasRootCauseInstanceOf(IOException.class);
    Await.until("that is told", () -> answering.ended.getCount() == 0);
  }

  /** As when its machine has lost its power: nothing comes, not even an end. */
  @Test
  void aNodeThatIsGoneWithoutAWordIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket()) {
      silent.bind(address);
      Thread.ofVirtual().start(() -> greet(silent));
      CompletableFuture<ByteBuffer> asked = peer.call(ECHO, text("one"));

      Await.until(
          "it is given up",
          () -> {
            peer.look();
            return asked.isDone();
          });

      assertThatThrownBy(() -> got(asked))
          .hasRootCauseMessage("the other node gives no sign of life");
    }
  }

  @Test
  void aNodeThatIsAtWorkIsNotGivenUp() throws Exception {
    port.start();
    CompletableFuture<ByteBuffer> held = peer.call(HOLD, text("first"));

    assertThat(
            Await.holdsWithin(
                Duration.ofSeconds(8),
                () -> {
                  peer.look();
                  return held.isDone();
                }))
        .isFalse();

    answering.held.getFirst().answer(text("at last"));
    assertThat(got(held)).isEqualTo("at last");
  }

  /** What is sent waits in memory, for a while. */
  @Test
  void whoeverSendsIsNotHeldUpByANodeThatReadsNothing() throws Exception {
    try (ServerSocket silent = new ServerSocket()) {
      silent.bind(address);
      Thread.ofVirtual().start(() -> greet(silent));
      Payload large = Payload.of(ByteBuffer.allocate(3 << 20));
      List<CompletableFuture<ByteBuffer>> asked = new ArrayList<>();
      asked.add(peer.call(ECHO, large));
      Await.until("it is connected", peer::isConnected);

      for (int i = 0; i < 20; i++) {
        asked.add(peer.call(ECHO, large));
      }

      assertThatThrownBy(() -> got(asked.getFirst()))
          .hasRootCauseMessage("the other node reads nothing of what it is sent");
    }
  }

  /** Ratis interrupts the threads that send entries, and others share their connection. */
  @Test
  void aThreadThatIsInterruptedBreaksNoConnection() throws Exception {
    port.start();
    assertThat(got(peer.call(ECHO, text("one")))).isEqualTo("one");

    Thread.currentThread().interrupt();
    CompletableFuture<ByteBuffer> asked = peer.call(ECHO, text("two"));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(got(asked)).isEqualTo("two");
    assertThat(answering.guests).hasSize(1);
  }

  /** Says who it is, reads nothing any more, and is there until the test ends. */
  private void greet(ServerSocket at) {
    try {
      Socket socket = at.accept();
      open.add(socket);
      byte[] asked = socket.getInputStream().readNBytes(14);
      assertThat(asked).isEqualTo("DSLGPEER\2\1a\1b\0".getBytes(UTF_8));
      socket.getOutputStream().write("DSLGPEER\1\0".getBytes(UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

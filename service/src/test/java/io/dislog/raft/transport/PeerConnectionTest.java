package io.dislog.raft.transport;

import static io.dislog.raft.transport.Answering.ECHO;
import static io.dislog.raft.transport.Answering.HOLD;
import static io.dislog.raft.transport.Answering.awaitAnswer;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whom a node connects to, and when. */
final class PeerConnectionTest {

  private final InetSocketAddress address =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next());
  private final Answering answering = new Answering();
  private final Peer peer =
      new Peer(Self.of("a"), "b", () -> "127.0.0.1:%d".formatted(address.getPort()), "test");
  private RaftPort port = new RaftPort(Self.of("b"), address, answering);

  @AfterEach
  void end() {
    peer.close();
    port.close();
  }

  @Test
  void aNodeThatComesBackIsAskedAtOnce() throws Exception {
    assertThatThrownBy(() -> got(peer.call(ECHO, text("nobody there"))))
        .hasStackTraceContaining("node b is not reached");

    port.start();
    awaitAnswer(peer);
    port.close();
    Await.until("it has noticed", () -> !peer.isConnected());
    port = new RaftPort(Self.of("b"), address, answering);
    port.start();

    awaitAnswer(peer);
  }

  @Test
  void aConnectionIsMadeAnewWhereThatIsAskedFor() throws Exception {
    port.start();
    assertThat(got(peer.call(ECHO, text("one")))).isEqualTo("one");
    CompletableFuture<ByteBuffer> held = peer.call(HOLD, text("first"));

    peer.renew();

    assertThatThrownBy(() -> got(held)).hasRootCauseInstanceOf(IOException.class);
    awaitAnswer(peer);
    assertThat(answering.guests).containsExactly("a", "a");
  }

  @Test
  void anotherNodeAtThatAddressIsNotAsked() throws Exception {
    port = new RaftPort(Self.of("c"), address, answering);
    port.start();

    try (Warnings warnings = new Warnings(Peer.class)) {
      assertThatThrownBy(() -> got(peer.call(ECHO, text("one"))))
          .hasRootCauseMessage("this is node c, not b");
      assertThat(answering.guests).isEmpty();
      assertThat(warnings.all()).singleElement().asString().contains("this is node c, not b");
    }
  }

  @Test
  void aNodeOfAnotherClusterIsNotAsked() throws Exception {
    port = new RaftPort(new Self("b", () -> "theirs"), address, answering);
    port.start();
    try (Warnings warnings = new Warnings(Peer.class);
        Peer ours =
            new Peer(
                new Self("a", () -> "ours"),
                "b",
                () -> "127.0.0.1:%d".formatted(address.getPort()),
                "test")) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> got(ours.call(ECHO, text("one"))))
            .hasRootCauseMessage("this node has data of cluster theirs");
      }
      assertThat(answering.guests).isEmpty();
      assertThat(warnings.all()).as("said once").hasSize(1);
    }
  }

  /** As one that was moved. */
  @Test
  void aNodeIsLookedForWhereItIsNow() throws Exception {
    AtomicReference<String> where = new AtomicReference<>("127.0.0.1:" + FreePort.next());
    try (Peer moving = new Peer(Self.of("a"), "b", where::get, "test")) {
      assertThatThrownBy(() -> got(moving.call(ECHO, text("one"))))
          .hasStackTraceContaining("node b is not reached");
      port.start();
      where.set("127.0.0.1:%d".formatted(address.getPort()));

      awaitAnswer(moving);
    }
  }

  /** Or a connection would stay that nobody uses. */
  @Test
  void whoeverIsClosedWhileItConnectsLeavesNoConnection() throws Exception {
    try (ServerSocket other = new ServerSocket()) {
      other.bind(address);
      CompletableFuture<ByteBuffer> asked = peer.call(ECHO, text("one"));
      try (Socket socket = other.accept()) {
        peer.close();
        socket.getOutputStream().write("DSLGPEER\1\0".getBytes(UTF_8));

        socket.setSoTimeout(60_000);
        assertThat(socket.getInputStream().readAllBytes()).hasSize(14);
      }
      assertThatThrownBy(() -> got(asked)).hasRootCauseMessage("node b is not asked any more");
    }
  }

  /** As a node of before, which speaks HTTP/2 there. */
  @Test
  void whoeverSpeaksAnotherProtocolIsNotAsked() throws Exception {
    try (ServerSocket other = new ServerSocket()) {
      other.bind(address);
      Thread.ofVirtual()
          .start(() -> {
            try (Socket socket = other.accept()) {
              socket.getOutputStream().write(new byte[] {0, 0, 18, 4, 0, 0, 0, 0, 0, 0, 3, 0});
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
      assertThatThrownBy(() -> got(peer.call(ECHO, text("one"))))
          .hasStackTraceContaining("speaks another protocol");
    }
  }

  @Test
  void aPeerThatIsClosedIsNotAskedAnyMore() throws Exception {
    port.start();
    assertThat(got(peer.call(ECHO, text("one")))).isEqualTo("one");

    peer.close();

    assertThatThrownBy(() -> got(peer.call(ECHO, text("two"))))
        .hasRootCauseInstanceOf(IOException.class);
    Await.until("the other one hears of it", () -> answering.ended.getCount() == 0);
  }
}

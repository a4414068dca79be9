package io.dislog.raft.transport;

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
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What strangers at the port come to. */
final class RaftPortTest {

  private static final String HELLO = "DSLGPEER\1\1a\1b\0";

  private final InetSocketAddress address =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next());
  private final AtomicInteger guests = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile String cluster = "";
  private final RaftPort port =
      new RaftPort(new Self("b", () -> cluster), address, node -> new Counting());

  @BeforeEach
  void begin() throws IOException {
    port.start();
  }

  @AfterEach
  void end() {
    port.close();
  }

  /** A node of before, a browser, one that names nobody or another one, and noise. */
  @Test
  void whoeverIsNoNodeIsSentAway() throws IOException {
    for (String said :
        List.of(
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "DSLGPEER\0\1a\1b\0",
            "DSLGPEER\2\0\1b\0",
            "DSLGPEER\1\1\n\1b\0",
            "DSLGPEER\1\1a\1b\1\n",
            "DSLGPEER\1\1a\1c\0",
            "\0\0\0\0\0\0\0\0\0\0\0\0\0\0")) {
      try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
        socket.getOutputStream().write(said.getBytes(UTF_8));
        assertThat(isClosed(socket)).as(said).isTrue();
      }
    }
    assertThat(guests).hasValue(0);
  }

  @Test
  void aNodeOfAnotherClusterIsSentAway() throws IOException {
    cluster = "mine";
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.getOutputStream().write("DSLGPEER\1\1a\1b\6theirs".getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .endsWith("this node has data of cluster mine");
    }
    assertThat(guests).hasValue(0);
  }

  @Test
  void aNodeOfTheSameClusterIsHeardAndOneThatKnowsOfNoneYet() throws IOException {
    cluster = "mine";
    for (String said : List.of("DSLGPEER\1\1a\1b\4mine", HELLO)) {
      try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
        socket.getOutputStream().write(said.getBytes(UTF_8));
        assertThat(socket.getInputStream().readNBytes(10))
            .isEqualTo("DSLGPEER\2\0".getBytes(UTF_8));
      }
    }
    Await.until("both are heard", () -> guests.get() == 2);
  }

  @Test
  void theLogSaysOnceWhoIsSentAwayAndWhy() throws IOException {
    try (Warnings warnings = new Warnings(RaftPort.class)) {
      for (int i = 0; i < 5; i++) {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
          socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(UTF_8));
          assertThat(isClosed(socket)).isTrue();
        }
      }
      assertThat(warnings.all())
          .singleElement()
          .asString()
          .contains("a connection from /127.0.0.1:")
          .contains("is refused: the other end speaks another protocol; nodes before 0.1.0 do");
    }
  }

  @Test
  void whoeverSaysNothingIsSentAwayToo() throws IOException {
    try (Socket silent = new Socket(address.getAddress(), address.getPort());
        Socket slow = new Socket(address.getAddress(), address.getPort())) {
      slow.getOutputStream().write('D');
      assertThat(isClosed(silent)).isTrue();
      assertThat(isClosed(slow)).isTrue();
    }
  }

  @Test
  void aNodeThatSendsNoFramesIsSentAway() throws IOException {
    greetAndSendNoise();
  }

  private void greetAndSendNoise() throws IOException {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.getOutputStream().write(HELLO.getBytes(UTF_8));
      assertThat(socket.getInputStream().readNBytes(10)).isEqualTo("DSLGPEER\2\0".getBytes(UTF_8));
      socket.getOutputStream().write(new byte[] {127, -1, -1, -1, 0});
      assertThat(isClosed(socket)).isTrue();
    }
    assertThat(guests).hasValue(1);
    assertThat(requests).hasValue(0);
  }

  @Test
  void manyWhoSayNothingKeepNobodyOut() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        silent.add(new Socket(address.getAddress(), address.getPort()));
      }
      greetAndSendNoise();
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void thePortIsFreeOnceItIsClosed() throws IOException {
    port.close();
    port.close();

    try (ServerSocket next = new ServerSocket()) {
      next.bind(address);
      assertThat(next.isBound()).isTrue();
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    RaftPort second = new RaftPort(Self.of("c"), address, node -> new Counting());

    assertThatThrownBy(second::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(Integer.toString(address.getPort()));
  }

  private static boolean isClosed(Socket socket) throws IOException {
    socket.setSoTimeout(60_000);
    try {
      byte[] rest = socket.getInputStream().readAllBytes();
      return rest.length < 100;
    } catch (SocketException e) {
      return true; // Reset, since it had sent more than was read.
    }
  }

  /** Counts, and says nothing. */
  private final class Counting implements Answers.Session {

    Counting() {
      guests.incrementAndGet();
    }

    @Override
    public void received(Request request) {
      requests.incrementAndGet();
    }

    @Override
    public void ended() {}
  }
}

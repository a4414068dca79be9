package io.dislog.raft.transport;

import static io.dislog.raft.transport.Answering.ECHO;
import static io.dislog.raft.transport.Answering.awaitAnswer;
import static io.dislog.raft.transport.Answering.got;
import static io.dislog.raft.transport.Answering.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.access.node.NodeProof;
import io.dislog.access.node.NodeSecret;
import io.dislog.access.node.SecretProof;
import io.dislog.access.tls.NodeTls;
import io.dislog.access.tls.TlsException;
import io.dislog.access.tls.TlsFiles;
import io.dislog.kit.Authority;
import io.dislog.kit.Await;
import io.dislog.kit.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes with TLS among them. */
final class NodeTlsTest {

  private static final String HOST = "127.0.0.1";
  private static final NodeProof SECRET = new SecretProof(new NodeSecret(new byte[32]));

  private final Authority nodes = new Authority("nodes");
  private final Authority others = new Authority("others");
  private final InetSocketAddress address =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next());
  private final Answering answering = new Answering();
  private final List<AutoCloseable> open = new ArrayList<>();

  @TempDir private Path folder;

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable closed : open.reversed()) {
      closed.close();
    }
  }

  @Test
  void nodesOfOneAuthorityKnowEachOther() throws Exception {
    start(tls("b", false));
    assertThat(got(peer(tls("a", false)).call(ECHO, text("one")))).isEqualTo("one");
    assertThat(answering.guests).containsExactly("a");
  }

  @Test
  void largeMessagesGoBothWays() throws Exception {
    start(tls("b", false));
    Peer peer = peer(tls("a", false));
    awaitAnswer(peer);
    List<CompletableFuture<ByteBuffer>> asked = new ArrayList<>();
    byte[] large = new byte[3 << 20];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (i * 31 + i / 4096);
    }
    for (int i = 0; i < 8; i++) {
      asked.add(peer.call(ECHO, Payload.of(ByteBuffer.wrap(large))));
      assertThat(got(peer.call(ECHO, text("small")))).isEqualTo("small");
    }
    for (CompletableFuture<ByteBuffer> one : asked) {
      assertThat(one.get(1, TimeUnit.MINUTES)).isEqualTo(ByteBuffer.wrap(large));
    }
  }

  @Test
  void manyThreadsSendOverOneConnection() throws Exception {
    start(tls("b", false));
    Peer peer = peer(tls("a", false));
    awaitAnswer(peer);
    List<CompletableFuture<Boolean>> all = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      String name = "from " + thread + " ".repeat(5_000);
      all.add(
          CompletableFuture.supplyAsync(() -> {
            for (int i = 0; i < 200; i++) {
              if (!peer.call(ECHO, text(name + i)).join().equals(bytes(name + i))) {
                return false;
              }
            }
            return true;
          }));
    }
    for (CompletableFuture<Boolean> one : all) {
      assertThat(one.get(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void certificatesOfOtherAuthoritiesAndOtherHostsAreRefused() throws Exception {
    start(tls("b", false));
    refused(self("a", files("foreign", others.leaf("a", HOST), nodes.pem()), false));
    refused(self("a", files("elsewhere", nodes.leaf("a", "192.0.2.1"), nodes.pem()), false));
    refused(self("a", files("nowhere", nodes.leaf("a"), nodes.pem()), false));
    assertThat(answering.guests).isEmpty();
  }

  @Test
  void aNodeWithAForeignCertificateIsNotAsked() throws Exception {
    start(self("b", files("foreign", others.leaf("b", HOST), nodes.pem()), false));
    refused(tls("a", false));
    assertThat(answering.guests).isEmpty();
  }

  @Test
  void aNodeWhoseCertificateIsForAnotherHostIsNotAsked() throws Exception {
    start(self("b", files("elsewhere", nodes.leaf("b", "192.0.2.1"), nodes.pem()), false));
    Peer peer = peer(tls("a", false));
    assertThatThrownBy(() -> got(peer.call(ECHO, text("one"))))
        .hasRootCauseMessage("the certificate of node b is for none of [127.0.0.1]");
  }

  @Test
  void whoeverSpeaksPlainIsRefusedThoughHeKnowsTheSecret() throws Exception {
    start(tls("b", false));
    refused(plain("a"));
    assertThat(answering.guests).isEmpty();
  }

  @Test
  void aNodeThatMayDoWithoutTakesBothAndTriesBoth() throws Exception {
    RaftPort first = start(tls("b", true));
    assertThat(got(peer(plain("a")).call(ECHO, text("one")))).isEqualTo("one");
    assertThat(got(peer(tls("c", true)).call(ECHO, text("one")))).isEqualTo("one");
    assertThat(got(peer(tls("d", false)).call(ECHO, text("one")))).isEqualTo("one");
    first.close();
    Await.until("the port is free", this::isFree);
    start(plain("b"));
    assertThat(got(peer(tls("e", true)).call(ECHO, text("one")))).isEqualTo("one");
    assertThat(answering.guests).containsExactly("a", "c", "d", "e");
  }

  /** The bundle of both first, then the leaves, then the new authority alone. */
  @Test
  void filesAreReadAgainWhileConnectionsStay() throws Exception {
    TlsFiles ofB = files("b", nodes.leaf("b", HOST), nodes.pem());
    TlsFiles ofA = files("a", nodes.leaf("a", HOST), nodes.pem());
    start(self("b", ofB, false));
    Peer before = peer(self("a", ofA, false));
    awaitAnswer(before);
    for (TlsFiles files : List.of(ofA, ofB)) {
      String id = files == ofA ? "a" : "b";
      write(id, nodes.leaf(id, HOST), nodes.pem() + others.pem());
      assertThat(files.look()).isTrue();
    }
    awaitAnswer(peer(self("a", ofA, false)));
    for (TlsFiles files : List.of(ofA, ofB)) {
      String id = files == ofA ? "a" : "b";
      write(id, others.leaf(id, HOST), nodes.pem() + others.pem());
      assertThat(files.look()).isTrue();
      awaitAnswer(peer(self("a", ofA, false)));
    }
    TlsFiles old = files("old", nodes.leaf("a", HOST), nodes.pem() + others.pem());
    Peer last = peer(self("a", old, false));
    awaitAnswer(last);
    for (TlsFiles files : List.of(ofA, ofB)) {
      String id = files == ofA ? "a" : "b";
      write(id, others.leaf(id, HOST), others.pem());
      assertThat(files.look()).isTrue();
    }
    awaitAnswer(peer(self("a", ofA, false)));
    refused(self("a", old, false));
    assertThat(got(before.call(ECHO, text("still")))).isEqualTo("still");
    assertThat(before.isConnected()).isTrue();
  }

  @Test
  void noiseAndSilenceAfterTheFirstByteEnd() throws Exception {
    start(tls("b", false));
    try (Socket noise = new Socket(address.getAddress(), address.getPort());
        Socket silent = new Socket(address.getAddress(), address.getPort())) {
      byte[] bytes = new byte[100];
      bytes[0] = 0x16;
      noise.getOutputStream().write(bytes);
      silent.getOutputStream().write(0x16);
      for (Socket socket : List.of(noise, silent)) {
        socket.setSoTimeout(60_000);
        try {
          assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(100);
        } catch (SocketException e) {
          assertThat(e).hasMessageContaining("reset");
        }
      }
    }
    awaitAnswer(peer(tls("a", false)));
  }

  private void refused(Self self) throws IOException {
    Peer peer = peer(self);
    assertThatThrownBy(() -> got(peer.call(ECHO, text("one")))).isNotNull();
    peer.close();
  }

  private RaftPort start(Self self) throws IOException {
    RaftPort port = new RaftPort(self, address, answering);
    open.add(port);
    port.start();
    return port;
  }

  private boolean isFree() {
    try (ServerSocket next = new ServerSocket()) {
      next.bind(address);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Peer peer(Self self) {
    Peer peer = new Peer(self, "b", () -> "%s:%d".formatted(HOST, address.getPort()), "test");
    open.add(peer);
    return peer;
  }

  private Self plain(String id) {
    return new Self(id, () -> "", SECRET);
  }

  private Self tls(String id, boolean isOptional) throws Exception {
    return self(id, files(id, nodes.leaf(id, HOST), nodes.pem()), isOptional);
  }

  private static Self self(String id, TlsFiles files, boolean isOptional) {
    NodeTls tls = new NodeTls(files, isOptional);
    return new Self(id, () -> "", SECRET, Optional.of(tls), node -> List.of(HOST));
  }

  private TlsFiles files(String name, Authority.Leaf leaf, String authorities)
      throws IOException, TlsException {
    write(name, leaf, authorities);
    Path own = folder.resolve(name);
    return new TlsFiles(
        own.resolve("tls.crt"), own.resolve("tls.key"), Optional.of(own.resolve("ca.crt")));
  }

  private void write(String name, Authority.Leaf leaf, String authorities) throws IOException {
    Path own = folder.resolve(name);
    leaf.writeTo(own);
    Files.writeString(own.resolve("ca.crt"), authorities);
  }
}

package io.dislog.raft.transport;

import static io.dislog.raft.transport.Answering.ECHO;
import static io.dislog.raft.transport.Answering.awaitAnswer;
import static io.dislog.raft.transport.Answering.got;
import static io.dislog.raft.transport.Answering.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.access.node.NodeProof;
import io.dislog.access.node.NodeSecret;
import io.dislog.access.node.ProjectedToken;
import io.dislog.access.node.SecretProof;
import io.dislog.access.node.TokenProof;
import io.dislog.kit.Await;
import io.dislog.kit.FreePort;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the two ends of a connection have to show each other. */
final class ProofTest {

  private static final NodeProof PROOF = secret(1);

  /** Version, kind and nonce behind the magic, and an empty reason why not. */
  private static final int ANSWER_BYTES = 8 + 1 + 1 + 1 + 32;

  private static final int HELLO_BYTES = 8 + 1 + 2 + 2 + 1;
  private static final int PROOF_BYTES = 1 + 32 + 2 + 32;

  private final InetSocketAddress address =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next());
  private final Answering answering = new Answering();
  private RaftPort port = port(PROOF);

  @TempDir private Path folder;

  @AfterEach
  void end() {
    port.close();
  }

  @Test
  void nodesWithTheSameSecretKnowEachOther() throws Exception {
    port.start();
    try (Peer peer = peer(PROOF)) {
      awaitAnswer(peer);
    }
    assertThat(answering.guests).containsExactly("a");
  }

  @Test
  void whoeverKnowsAnotherSecretOrNoneIsRefused() throws Exception {
    port.start();
    refused(secret(2), "it does not know the secret of dislog.nodes.secret-file");
    refused(NodeProof.NONE, "one end shows dislog.nodes.secret-file, the other one nothing");
    refused(token("a"), "one end shows dislog.nodes.secret-file, the other one dislog.nodes.token");
  }

  /** Or whoever has the address would be told all entries. */
  @Test
  void whoeverAcceptsHasToShowItToo() throws Exception {
    port = port(NodeProof.NONE);
    port.start();
    refused(PROOF, "one end shows nothing, the other one dislog.nodes.secret-file");
  }

  @Test
  void aNodeThatAcceptsAnythingIsNotBelieved() throws Exception {
    port = port(new Gullible());
    port.start();
    try (Peer peer = peer(PROOF)) {
      assertThatThrownBy(() -> got(peer.call(ECHO, text("one"))))
          .hasRootCauseMessage("it does not know the secret of dislog.nodes.secret-file");
    }
  }

  @Test
  void anOlderNodeShowsNothingAndIsRefused() throws Exception {
    port.start();
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.getOutputStream().write("DSLGPEER\1\1a\1b\0".getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .endsWith("it is too old to show dislog.nodes.secret-file");
    }
    try (ServerSocket older = new ServerSocket()) {
      port.close();
      Await.until("the port is free again", () -> isBound(older));
      try (Peer peer = peer(PROOF)) {
        CompletableFuture<?> asked = peer.call(ECHO, text("one"));
        try (Socket socket = older.accept()) {
          socket.getOutputStream().write("DSLGPEER\1\0".getBytes(UTF_8));
          assertThatThrownBy(asked::get)
              .isInstanceOf(ExecutionException.class)
              .hasStackTraceContaining("can't show dislog.nodes.secret-file: it is older");
        }
      }
    }
    assertThat(answering.guests).isEmpty();
  }

  private boolean isBound(ServerSocket socket) {
    try {
      socket.bind(address);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Else whoever is at a node's address would be one, by what the other end has just shown. */
  @Test
  void whoeverShowsWhatItWasShownIsNoNode() throws Exception {
    try (ServerSocket mirror = new ServerSocket()) {
      mirror.bind(address);
      try (Peer peer = peer(PROOF)) {
        CompletableFuture<?> asked = peer.call(ECHO, text("one"));
        try (Socket socket = mirror.accept()) {
          reflect(
              new DataInputStream(socket.getInputStream()),
              new DataOutputStream(socket.getOutputStream()));
          assertThatThrownBy(() -> asked.get(1, TimeUnit.MINUTES))
              .hasStackTraceContaining("it does not know the secret");
        }
      }
    }
  }

  private static void reflect(DataInputStream in, DataOutputStream out) throws IOException {
    int kind = NodeProof.Kind.SECRET.number();
    out.write("DSLGPEER\2\0".getBytes(UTF_8));
    out.writeByte(kind);
    out.write(new byte[32]);
    in.skipNBytes("DSLGPEER\2".length());
    for (int text = 0; text < 3; text++) {
      in.skipNBytes(in.readUnsignedByte());
    }
    assertThat(in.readUnsignedByte()).isEqualTo(kind);
    in.skipNBytes(32);
    byte[] shown = in.readNBytes(in.readUnsignedShort());
    out.writeByte(0);
    out.writeShort(shown.length);
    out.write(shown);
    out.flush();
  }

  /** All that a node has said, said again, proves nothing of another connection. */
  @Test
  void aProofHoldsForOneConnection() throws Exception {
    port.start();
    byte[] said = recorded();
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.getOutputStream().write(said);
      socket.setSoTimeout(60_000);
      byte[] answer = socket.getInputStream().readAllBytes();
      assertThat(new String(answer, UTF_8)).contains("it does not know the secret");
    }
    assertThat(answering.guests).containsExactly("a");
  }

  /** What a node says, through somebody who listens in. */
  private byte[] recorded() throws Exception {
    try (ServerSocket between = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Peer peer =
            new Peer(self("a", PROOF), "b", () -> "127.0.0.1:" + between.getLocalPort(), "test")) {
      CompletableFuture<?> asked = peer.call(ECHO, text("one"));
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      try (Socket near = between.accept();
          Socket far = new Socket(address.getAddress(), address.getPort())) {
        var _ = Thread.startVirtualThread(() -> copy(far, near));
        for (int size : new int[] {HELLO_BYTES, PROOF_BYTES}) {
          byte[] bytes = near.getInputStream().readNBytes(size);
          said.write(bytes);
          far.getOutputStream().write(bytes);
        }
        copyOne(near, far);
        asked.get();
      }
      return said.toByteArray();
    }
  }

  private static void copyOne(Socket from, Socket to) throws IOException {
    byte[] bytes = new byte[1 << 12];
    int count = from.getInputStream().read(bytes);
    to.getOutputStream().write(bytes, 0, count);
  }

  private static void copy(Socket from, Socket to) {
    try (InputStream in = from.getInputStream()) {
      in.transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One of them is closed.
    }
  }

  @Test
  void strangersLearnNothingOfTheNode() throws Exception {
    port.start();
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.getOutputStream().write("DSLGPEER\2\1a\1x\6theirs".getBytes(UTF_8));
      byte[] answer = socket.getInputStream().readNBytes(ANSWER_BYTES);
      assertThat(Arrays.copyOf(answer, 11)).isEqualTo("DSLGPEER\2\0\1".getBytes(UTF_8));
      socket.getOutputStream().write(new byte[1 + 32 + 2]);
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .contains("one end shows")
          .doesNotContain("node b");
    }
  }

  @Test
  void whoeverShowsTooMuchIsSentAway() throws Exception {
    port.start();
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.getOutputStream().write("DSLGPEER\2\1a\1b\0".getBytes(UTF_8));
      assertThat(socket.getInputStream().readNBytes(ANSWER_BYTES)).hasSize(ANSWER_BYTES);
      byte[] much = new byte[1 + 32 + 2];
      much[0] = 1;
      much[33] = -1;
      socket.getOutputStream().write(much);
      socket.setSoTimeout(60_000);
      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }
    assertThat(answering.guests).isEmpty();
  }

  @Test
  void tokensShowWhichNodeHasThem() throws Exception {
    port = port(token("b"));
    port.start();
    try (Peer peer = peer(token("a"))) {
      awaitAnswer(peer);
    }
    refused(token("c"), "it has the token of node c");
    refused(token("expired"), "its token is no node's: it has expired");
    assertThat(answering.guests).containsExactly("a");
  }

  private NodeProof token(String id) throws IOException {
    Path file = Files.writeString(folder.resolve(id), "token." + id);
    Map<String, String> nodes = Map.of("a", "a", "b", "b", "c", "c");
    return new TokenProof(
        new ProjectedToken(id, file),
        shown -> {
          String node = nodes.get(shown.replaceFirst("node=\"(.*)\", token.*", "$1"));
          return node == null
              ? CompletableFuture.failedFuture(new IOException("it has expired"))
              : CompletableFuture.completedFuture(node);
        });
  }

  private void refused(NodeProof shown, String why) throws IOException {
    int before = answering.guests.size();
    try (Peer peer = peer(shown)) {
      assertThatThrownBy(() -> got(peer.call(ECHO, text("one")))).hasStackTraceContaining(why);
    }
    assertThat(answering.guests).hasSize(before);
  }

  private Peer peer(NodeProof proof) {
    return new Peer(
        self("a", proof), "b", () -> "127.0.0.1:%d".formatted(address.getPort()), "test");
  }

  private RaftPort port(NodeProof proof) {
    return new RaftPort(self("b", proof), address, answering);
  }

  private static Self self(String node, NodeProof proof) {
    return new Self(node, () -> "", proof);
  }

  private static NodeProof secret(int first) {
    byte[] secret = new byte[32];
    secret[0] = (byte) first;
    return new SecretProof(new NodeSecret(secret));
  }

  /** Takes whatever is shown, and shows what it can't know. */
  private static final class Gullible implements NodeProof {

    @Override
    public Kind kind() {
      return Kind.SECRET;
    }

    @Override
    public byte[] show(io.dislog.access.node.ConnectionClaim claim) {
      return new byte[32];
    }

    @Override
    public void check(io.dislog.access.node.ConnectionClaim claim, byte[] shown) {}
  }
}

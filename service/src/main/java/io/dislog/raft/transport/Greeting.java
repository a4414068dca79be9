package io.dislog.raft.transport;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import jdk.net.ExtendedSocketOptions;

/**
 * How every connection between nodes begins, on both sides, before anything else is sent. Blocks,
 * for some seconds at most. Stateless.
 *
 * <pre>
 * whoever connects says   "DSLGPEER"  u8 version  u8 size, from  u8 size, to  u8 size, cluster
 * the other one answers   "DSLGPEER"  u8 version  u8 size, why not
 * </pre>
 *
 * The names are the nodes' ids, in UTF-8: an address may have become another node's, or another
 * cluster's, whose entries must never mix with these. The cluster is its id, or nothing from a node
 * that knows of none yet. The version is the newest that each speaks; both go on in the older of
 * the two, so that what a later version says besides comes after the answer. If there is a reason
 * why not, the connection ends after it.
 */
final class Greeting {

  /** The newest that this node speaks; there is none before it. */
  static final int VERSION = 1;

  private static final byte[] MAGIC = "DSLGPEER".getBytes(StandardCharsets.US_ASCII);

  /** Of strangers, nothing else gets into a log. */
  private static final Pattern NAME = Pattern.compile("\\p{Graph}+");

  private static final Pattern CLUSTER = Pattern.compile("\\p{Graph}*");
  private static final Pattern WHY = Pattern.compile("\\p{Print}+");

  private static final int MOST_TEXT_BYTES = 255;
  private static final int CONNECT_MILLIS = 1_000;
  private static final int GREET_MILLIS = 3_000;

  /** An idle connection to a machine that is gone without a word ends within a minute. */
  private static final Map<SocketOption<Integer>, Integer> KEEP_ALIVE =
      Map.of(
          ExtendedSocketOptions.TCP_KEEPIDLE, 30,
          ExtendedSocketOptions.TCP_KEEPINTERVAL, 10,
          ExtendedSocketOptions.TCP_KEEPCOUNT, 3);

  private Greeting() {}

  /**
   * Connects to a node.
   *
   * @throws Mismatch where another node is there, or none
   * @throws IOException where nobody is there
   */
  static SocketChannel connect(Self self, String node, InetSocketAddress address)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.socket().connect(address, CONNECT_MILLIS);
      prepare(channel);
      within(channel, () -> ask(channel, self, node));
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Hears who has connected.
   *
   * @return its id
   * @throws Mismatch where it is no node, or of another cluster, or wants another one than this
   * @throws IOException where it says nothing
   */
  static String accept(Self self, SocketChannel channel) throws IOException {
    prepare(channel);
    return within(channel, () -> answer(channel, self));
  }

  private static void prepare(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    for (Map.Entry<SocketOption<Integer>, Integer> option : KEEP_ALIVE.entrySet()) {
      if (channel.supportedOptions().contains(option.getKey())) {
        channel.setOption(option.getKey(), option.getValue());
      }
    }
  }

  private static String ask(SocketChannel channel, Self self, String node) throws IOException {
    send(channel, self.node(), node, self.cluster().get());
    DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
    readMagic(in);
    String why = readText(in);
    if (!why.isEmpty()) {
      throw new Mismatch(WHY.matcher(why).matches() ? why : "it is refused");
    }
    return node;
  }

  private static String answer(SocketChannel channel, Self self) throws IOException {
    DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
    readMagic(in);
    String from = readText(in);
    String to = readText(in);
    String cluster = readText(in);
    if (!NAME.matcher(from).matches()
        || !NAME.matcher(to).matches()
        || !CLUSTER.matcher(cluster).matches()) {
      throw new Mismatch("the other end says no names of nodes");
    }
    String why = whyNot(self, to, cluster);
    send(channel, why);
    if (!why.isEmpty()) {
      throw new Mismatch(
          "node %s of cluster %s looks for node %s: %s".formatted(from, cluster, to, why));
    }
    return from;
  }

  private static String whyNot(Self self, String to, String cluster) {
    String own = self.cluster().get();
    if (!to.equals(self.node())) {
      return "this is node %s, not %s".formatted(self.node(), to);
    }
    return own.isEmpty() || cluster.isEmpty() || own.equals(cluster)
        ? ""
        : "this node has data of cluster %s".formatted(own);
  }

  private static void send(SocketChannel channel, String... texts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(MAGIC);
    bytes.write(VERSION);
    for (String text : texts) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      int size = Math.min(utf8.length, MOST_TEXT_BYTES);
      bytes.write(size);
      bytes.write(utf8, 0, size);
    }
    Channels.newOutputStream(channel).write(bytes.toByteArray());
  }

  private static void readMagic(DataInputStream in) throws IOException {
    byte[] magic = in.readNBytes(MAGIC.length);
    if (magic.length == 0) {
      throw new EOFException("the other end has closed the connection and said nothing");
    }
    if (!Arrays.equals(magic, MAGIC) || in.readUnsignedByte() == 0) {
      throw new Mismatch(
          "the other end speaks another protocol; nodes before 0.1.0 do, and must be replaced");
    }
  }

  private static String readText(DataInputStream in) throws IOException {
    byte[] utf8 = in.readNBytes(in.readUnsignedByte());
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** Closes the channel where it takes too long, so that whatever waits for it fails. */
  private static String within(SocketChannel channel, Greeted greeted) throws IOException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    var _ =
        done.orTimeout(GREET_MILLIS, TimeUnit.MILLISECONDS)
            .exceptionally(late -> {
              close(channel);
              return null;
            });
    try {
      return greeted.call();
    } catch (ClosedChannelException e) {
      throw new IOException("the other end does not say who it is", e);
    } finally {
      done.complete(null);
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is said, and heard. */
  private interface Greeted {
    String call() throws IOException;
  }
}

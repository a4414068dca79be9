package io.dislog.raft.transport;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Another node, as this one asks it: over a connection that is made when it is needed, and anew
 * after it broke. Safe for use by many threads.
 *
 * <p>If nobody was reached, whoever asks within the next moment fails at once. The moment is short:
 * a node that comes back hears of elections and entries at once.
 */
public final class Peer implements Closeable {

  private static final System.Logger LOGGER = System.getLogger(Peer.class.getName());
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long MOST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Self self;
  private final String node;
  private final Supplier<String> address;
  private final String use;
  private CompletableFuture<Calls> calls;
  private @Nullable Calls made;
  private @Nullable String warned;
  private long pauseNanos = FIRST_PAUSE_NANOS;
  private long failedNanos;
  private boolean closed;

  /**
   * @param node the other one's id
   * @param address as {@code host:port}; it, and what the host's name stands for, are asked for
   *     each connection
   * @param use what the connection is for, for the name of its thread
   */
  public Peer(Self self, String node, Supplier<String> address, String use) {
    this.self = self;
    this.node = node;
    this.address = address;
    this.use = use;
    calls = CompletableFuture.failedFuture(new IOException("nobody was asked yet"));
    failedNanos = System.nanoTime() - MOST_PAUSE_NANOS;
  }

  /**
   * Asks. Never blocks.
   *
   * @return ends with the answer, by a thread that must not be held up; or with an IOException,
   *     which is a refusal in the other node's words, or says that it was not reached, or that it
   *     may have heard it or not
   */
  public CompletableFuture<ByteBuffer> call(int kind, Payload body) {
    return connected().thenCompose(made -> made.call(kind, body));
  }

  /** Whether it can be asked at once; then what one thread asks arrives in that order. */
  public synchronized boolean isConnected() {
    return calls.isDone() && made != null && !made.hasEnded();
  }

  /**
   * Connects, unless it does or has, or did in vain a moment ago.
   *
   * @param then is run when that has ended
   */
  public void connect(Runnable then) {
    CompletableFuture<Calls> begun;
    synchronized (this) {
      if (!isToConnect()) {
        return;
      }
      begun = connected();
    }
    var _ = begun.whenComplete((made, why) -> then.run());
  }

  private synchronized CompletableFuture<Calls> connected() {
    if (isToConnect()) {
      CompletableFuture<Calls> begun = new CompletableFuture<>();
      // Not a virtual one: what a name stands for may take seconds to find out, in native code.
      Thread.ofPlatform().daemon().name("raft-connect-" + node).start(() -> connect(begun));
      calls = begun;
    }
    return calls;
  }

  private boolean isToConnect() {
    return calls.isDone() && !isConnected() && !closed && !isPausing();
  }

  private boolean isPausing() {
    return calls.isCompletedExceptionally() && System.nanoTime() - failedNanos < pauseNanos;
  }

  private void connect(CompletableFuture<Calls> begun) {
    try {
      Calls connected = begin(Greeting.connect(self, node, resolved()));
      if (succeeded(connected)) {
        begun.complete(connected);
      } else {
        connected.close();
        begun.completeExceptionally(closing());
      }
    } catch (IOException | RuntimeException | Error e) { // Or it would connect for ever.
      failed(e);
      begun.completeExceptionally(
          new IOException("node %s is not reached: %s".formatted(node, e.getMessage()), e));
    }
  }

  private Calls begin(Link link) throws IOException {
    try {
      return new Calls(link, "raft-%s-%s".formatted(use, node));
    } catch (IOException e) {
      link.close();
      throw e;
    }
  }

  private InetSocketAddress resolved() throws IOException {
    String at = address.get();
    int colon = at.lastIndexOf(':');
    int port = Integer.parseInt(at.substring(colon + 1));
    InetSocketAddress resolved = new InetSocketAddress(at.substring(0, colon), port);
    if (resolved.isUnresolved()) {
      throw new IOException("nothing has the name " + resolved.getHostString());
    }
    return resolved;
  }

  private synchronized void failed(Throwable why) {
    failedNanos = System.nanoTime();
    pauseNanos = Math.min(2 * pauseNanos, MOST_PAUSE_NANOS);
    String words = why.getMessage();
    if (why instanceof Mismatch && !Objects.equals(words, warned)) {
      warned = words;
      LOGGER.log(Level.WARNING, "node {0} is not at {1}: {2}", node, address.get(), words);
    }
  }

  private synchronized boolean succeeded(Calls connected) {
    pauseNanos = FIRST_PAUSE_NANOS;
    warned = null;
    made = connected;
    return !closed;
  }

  /** Has whatever is asked from now on take a new connection; what is under way fails. */
  public synchronized void renew() {
    if (made != null) {
      made.close();
    }
  }

  /**
   * Ends the connection where the other node is gone without a word. For one thread, each second.
   */
  public void look() {
    Calls now;
    synchronized (this) {
      now = made;
    }
    if (now != null) {
      now.look();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (made != null) {
      made.close();
    }
    if (calls.isDone()) {
      calls = CompletableFuture.failedFuture(closing());
    }
  }

  private IOException closing() {
    return new IOException("node %s is not asked any more".formatted(node));
  }
}

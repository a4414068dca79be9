package io.dislog.raft.transport;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection between two nodes. Any thread sends, by itself as far as the network takes it at
 * once, and is never held up; the connection's own thread receives, and sends the rest.
 */
final class Connection implements Closeable {

  /** So much goes to the network at once: the JDK copies it before, and keeps a buffer for that. */
  private static final int SLICE_BYTES = 128 << 10;

  /** So many in a row, and others who send have their turn. */
  private static final int MOST_SLICES = 8;

  /** Whoever reads nothing while so much waits for it is not worth the memory. */
  private static final long MOST_UNSENT_BYTES = 32 << 20;

  /** A frame is there so long after it has begun. */
  private static final long FRAME_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Link link;
  private final Selector selector;
  private final SelectionKey key;
  private final FrameReader reader = new FrameReader();
  private final ArrayDeque<ByteBuffer> unsent = new ArrayDeque<>();
  private long unsentBytes;
  private @Nullable IOException end;
  private volatile long heardNanos = System.nanoTime();

  /** Who hears of a connection, by its thread. */
  interface Receiver {

    /** A frame came. Nothing more is read until this returned. */
    void received(Frame frame) throws IOException;

    /** The connection is no more. */
    void ended(IOException why);
  }

  /**
   * @param link which is this connection's from now on
   */
  Connection(Link link) throws IOException {
    this.link = link;
    Selector opened = Selector.open();
    try {
      link.socket().configureBlocking(false);
      key = link.socket().register(opened, SelectionKey.OP_READ);
    } catch (IOException e) {
      opened.close();
      throw e;
    }
    selector = opened;
  }

  /** Begins to receive, by a thread of this name. */
  void start(String name, Receiver receiver) {
    Thread.ofPlatform().daemon().name(name).start(() -> run(receiver));
  }

  /** When anything came last, as {@link System#nanoTime}. */
  long heardNanos() {
    return heardNanos;
  }

  /** Sends a frame; one that can't be sent any more is dropped, and the receiver told why. */
  void send(ByteBuffer frame) {
    synchronized (unsent) {
      if (end != null) {
        return;
      }
      unsent.add(frame);
      unsentBytes += frame.remaining();
      if (unsent.size() > 1 && unsentBytes <= MOST_UNSENT_BYTES) {
        return; // The connection's thread is at it.
      }
      try {
        write();
        if (unsentBytes > MOST_UNSENT_BYTES) {
          throw new IOException("the other node reads nothing of what it is sent");
        }
      } catch (IOException e) {
        end = e;
      }
      if (end == null && unsent.isEmpty() && !link.isUnflushed()) {
        return;
      }
    }
    selector.wakeup();
  }

  /** Ends it, for a reason. */
  void end(IOException why) {
    synchronized (unsent) {
      if (end == null) {
        end = why;
      }
    }
    selector.wakeup();
  }

  @Override
  public void close() {
    end(new IOException("the connection was closed"));
  }

  private void run(Receiver receiver) {
    IOException why = ending();
    try (selector;
        link) {
      while (why == null) {
        step(receiver);
        why = ending();
      }
    } catch (IOException e) {
      why = e;
    } catch (RuntimeException | Error e) { // Whoever waits is told, whatever it was.
      why = new IOException("a message can't be read", e);
    }
    end(why);
    receiver.ended(why);
  }

  private void step(Receiver receiver) throws IOException {
    boolean rest = hasUnsent();
    key.interestOps(rest ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    if (link.mayHaveMore()) {
      selector.selectNow();
    } else if (reader.hasBegun()) {
      awaitRestOfFrame();
    } else {
      selector.select();
    }
    selector.selectedKeys().clear();
    if (key.isWritable()) {
      writeRest();
    }
    if (key.isReadable()) {
      link.isReadable();
      receive(receiver);
    } else if (link.mayHaveMore()) {
      receive(receiver);
    }
  }

  private void awaitRestOfFrame() throws IOException {
    long left = FRAME_NANOS - (System.nanoTime() - reader.begunNanos());
    if (left <= 0) {
      throw new IOException("a message has begun and does not end");
    }
    selector.select(1 + TimeUnit.NANOSECONDS.toMillis(left));
  }

  private void receive(Receiver receiver) throws IOException {
    boolean open = reader.read(link, receiver::received);
    heardNanos = System.nanoTime();
    if (!open) {
      throw new EOFException("the other node has closed the connection");
    }
  }

  private void writeRest() throws IOException {
    synchronized (unsent) {
      write();
    }
  }

  /** What the network takes, if it is not too much. */
  private void write() throws IOException {
    if (link.isUnflushed()) {
      link.write(NOTHING.duplicate());
    }
    for (int slice = 0; slice < MOST_SLICES && !unsent.isEmpty(); slice++) {
      ByteBuffer frame = unsent.element();
      int count = Math.min(frame.remaining(), SLICE_BYTES);
      int written = link.write(frame.slice(frame.position(), count));
      frame.position(frame.position() + written);
      unsentBytes -= written;
      if (written < count || link.isUnflushed()) {
        return;
      }
      if (!frame.hasRemaining()) {
        unsent.remove();
      }
    }
  }

  private boolean hasUnsent() {
    synchronized (unsent) {
      return !unsent.isEmpty() || link.isUnflushed();
    }
  }

  private @Nullable IOException ending() {
    synchronized (unsent) {
      return end;
    }
  }
}

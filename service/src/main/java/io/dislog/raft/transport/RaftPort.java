package io.dislog.raft.transport;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The port at which other nodes ask this one. Safe for use by many threads. */
public final class RaftPort implements Closeable {

  private static final System.Logger LOGGER = System.getLogger(RaftPort.class.getName());

  /** A node among others has one for each of its shards that another one leads, and some more. */
  private static final int MOST_CONNECTIONS = 1_000;

  /** More nodes never come at once. */
  private static final int MOST_STRANGERS = 256;

  private static final long WARN_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long PAUSE_MILLIS = 100;
  private static final int BACKLOG = 512;

  private final Self self;
  private final InetSocketAddress address;
  private final Answers answers;
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
  private final Strangers strangers = new Strangers(MOST_STRANGERS);
  private @Nullable ServerSocketChannel port;
  private volatile boolean closed;
  private volatile long warnedNanos = System.nanoTime() - WARN_NANOS;

  /**
   * @param address where it is asked
   */
  public RaftPort(Self self, InetSocketAddress address, Answers answers) {
    this.self = self;
    this.address = address;
    this.answers = answers;
  }

  public InetSocketAddress address() {
    return address;
  }

  /**
   * Opens the port.
   *
   * @throws IOException where it can't be had
   */
  public synchronized void start() throws IOException {
    ServerSocketChannel opened = ServerSocketChannel.open();
    try {
      opened.bind(address, BACKLOG);
    } catch (IOException e) {
      opened.close();
      throw new IOException("port %s can't be opened: %s".formatted(address, e.getMessage()), e);
    }
    port = opened;
    Thread.ofPlatform().daemon().name("raft-accept").start(() -> accept(opened));
  }

  private void accept(ServerSocketChannel opened) {
    while (!closed) {
      try {
        admit(opened.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        warn("no connection can be accepted: " + e.getMessage());
        pause();
      }
    }
  }

  private void admit(SocketChannel channel) {
    Closeable leaving = strangers.add(channel);
    if (leaving != null) {
      close(leaving);
      warn("more than %d connections show no node".formatted(MOST_STRANGERS));
    }
    if (closed) {
      close(channel);
    }
    Thread.ofVirtual().name("raft-greet").start(() -> greet(channel));
  }

  private void greet(SocketChannel channel) {
    Object from = channel.socket().getRemoteSocketAddress();
    try {
      Greeting.Guest guest = Greeting.accept(self, channel);
      strangers.remove(channel);
      if (open.size() >= MOST_CONNECTIONS) {
        throw new IOException("other nodes have %d already".formatted(MOST_CONNECTIONS));
      }
      begin(guest.node(), guest.link());
    } catch (EOFException e) {
      close(channel); // Somebody looks whether the port is open.
    } catch (IOException | RuntimeException e) {
      warn("a connection from %s is refused: %s".formatted(from, e.getMessage()));
      close(channel);
    } finally {
      strangers.remove(channel);
    }
  }

  private void begin(String node, Link link) throws IOException {
    Connection connection = new Connection(link);
    Answers.Session session = answers.begin(node);
    open.add(connection);
    connection.start("raft-from-" + node, new Guest(connection, session));
    if (closed) {
      connection.close();
    }
  }

  private void warn(String what) {
    long now = System.nanoTime();
    if (!closed && now - warnedNanos >= WARN_NANOS) {
      warnedNanos = now;
      LOGGER.log(Level.WARNING, what);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(Closeable what) {
    try {
      what.close();
    } catch (IOException e) {
      LOGGER.log(Level.DEBUG, "closed badly: {0}", e.toString());
    }
  }

  /** Closes the port, and ends the connections. */
  @Override
  public synchronized void close() {
    closed = true;
    if (port != null) {
      close(port);
    }
    strangers.all().forEach(RaftPort::close);
    open.forEach(RaftPort::close);
  }

  /** One connection. */
  private final class Guest implements Connection.Receiver {

    private final Connection connection;
    private final Answers.Session session;

    Guest(Connection connection, Answers.Session session) {
      this.connection = connection;
      this.session = session;
    }

    @Override
    public void received(Frame frame) throws IOException {
      Request request = new Request(connection, frame);
      if (frame.kind() == Frame.PING) {
        request.answer(Payload.EMPTY);
      } else {
        session.received(request);
      }
    }

    @Override
    public void ended(IOException why) {
      open.remove(connection);
      session.ended();
    }
  }
}

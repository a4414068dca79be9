package io.dislog.siege;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One connection of an attack, which does what its troop's conduct says. For one thread. */
final class Assailant {

  private static final ByteBuffer INPUT = ByteBuffer.allocateDirect(64 << 10);
  private static final int LITTLE = 4 << 10;
  private static final int PIECES_AT_ONCE = 16;
  private static final int TICKS_PER_SECOND = 10;

  private final Troop troop;
  private final Conduct conduct;
  private final int number;
  private final Answers answers;
  private @Nullable SocketChannel channel;
  private @Nullable SelectionKey key;
  private @Nullable ByteBuffer output;
  private int pieces;
  private int awaited;
  private long received;
  private long pausesUntil;
  private int mayRead;
  private boolean over;

  /**
   * @param number of it in its troop
   */
  Assailant(Troop troop, int number) {
    this.troop = troop;
    this.conduct = troop.conduct();
    this.number = number;
    this.answers = new Answers(troop.tally());
    this.mayRead = conduct.readsPerSecond();
  }

  void open(Selector selector, InetSocketAddress to) throws IOException {
    SocketChannel opened = SocketChannel.open();
    channel = opened;
    opened.configureBlocking(false);
    opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
    if (conduct.readsPerSecond() != Conduct.READS_ALL) {
      opened.setOption(StandardSocketOptions.SO_RCVBUF, LITTLE);
    }
    opened.connect(to);
    key = opened.register(selector, SelectionKey.OP_CONNECT, this);
  }

  /** Does what the connection is ready for. */
  void act() {
    SelectionKey ready = key;
    SocketChannel to = channel;
    if (ready == null || to == null || !ready.isValid()) {
      return;
    }
    try {
      if (ready.isConnectable()) {
        to.finishConnect();
        troop.tally().connected();
        send();
      } else {
        if (ready.isReadable()) {
          receive(to);
        }
        if (ready.isValid() && ready.isWritable()) {
          send();
        }
      }
    } catch (IOException e) {
      fail(to);
    }
  }

  /** Called ten times a second. */
  void tick(long now) {
    SocketChannel to = channel;
    if (to == null || !to.isConnected()) {
      return;
    }
    if (conduct.readsPerSecond() != Conduct.READS_ALL) {
      mayRead = conduct.readsPerSecond() / TICKS_PER_SECOND;
    }
    try {
      if (output == null && !over && awaited == 0 && now >= pausesUntil) {
        send();
      } else {
        listen();
      }
    } catch (IOException e) {
      fail(to);
    }
  }

  /** Ends the connection by a reset, which leaves nothing behind in the system. */
  void reset() {
    SocketChannel to = channel;
    if (to == null) {
      return;
    }
    try {
      if (to.isConnected()) {
        to.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
      to.close();
    } catch (IOException e) {
      troop.tally().note(String.valueOf(e.getMessage()));
    }
    troop.gone(this);
  }

  private void fail(SocketChannel to) {
    if (to.isConnected()) {
      troop.tally().closed();
    } else {
      troop.tally().refused();
    }
    reset();
  }

  private void send() throws IOException {
    for (int i = 0; i < PIECES_AT_ONCE; i++) {
      ByteBuffer piece = output == null ? nextPiece() : output;
      SocketChannel to = channel;
      if (piece == null || to == null) {
        break;
      }
      output = piece;
      to.write(piece);
      if (piece.hasRemaining()) {
        break;
      }
      output = null;
      awaited += conduct.inTurn() ? 1 : 0;
      pausesUntil = System.nanoTime() + conduct.pauseMillis() * 1_000_000L;
    }
    listen();
  }

  private @Nullable ByteBuffer nextPiece() {
    if (over || awaited > 0 || System.nanoTime() < pausesUntil) {
      return null;
    }
    byte[] next = troop.next(number, pieces);
    if (next == null) {
      end();
      return null;
    }
    pieces++;
    return ByteBuffer.wrap(next);
  }

  private void end() {
    over = true;
    if (conduct.inTurn()) {
      troop.done(this);
      reset();
    } else if (conduct.atEnd() == Conduct.AtEnd.ABORT) {
      troop.tally().aborted();
      reset();
    }
  }

  private void receive(SocketChannel from) throws IOException {
    INPUT.clear().limit(Math.min(INPUT.capacity(), Math.max(1, mayRead)));
    int read = from.read(INPUT);
    if (read < 0) {
      fail(from);
      return;
    }
    received += read;
    mayRead -= conduct.readsPerSecond() == Conduct.READS_ALL ? 0 : read;
    int ended = answers.take(INPUT.flip());
    if (conduct.abortAfter() > 0 && received >= conduct.abortAfter()) {
      troop.tally().aborted();
      reset();
    } else if (conduct.inTurn() && ended > 0) {
      awaited = Math.max(0, awaited - ended);
      send();
    } else {
      listen();
    }
  }

  private void listen() {
    SelectionKey open = key;
    if (open != null && open.isValid()) {
      boolean flows = !over && conduct.pauseMillis() == 0 && !conduct.inTurn();
      int writes = output != null || flows ? SelectionKey.OP_WRITE : 0;
      open.interestOps(writes | (mayRead > 0 ? SelectionKey.OP_READ : 0));
    }
  }
}

package io.dislog.kit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports on loopback for what tests start. They lie below those that the system gives to
 * connections: of those, any connection may take one between its choice and its use, or while who
 * listens there is away for a moment. Thread-safe.
 */
public final class FreePort {

  private static final int FIRST = 15_000;
  private static final int COUNT = 15_000;

  /** Each process begins elsewhere. */
  private static final AtomicInteger NEXT =
      new AtomicInteger(Math.floorMod(ProcessHandle.current().pid() * 1009, COUNT));

  private FreePort() {}

  /** Another one each time, until all have been given. */
  public static int next() {
    for (int tried = 0; tried < COUNT; tried++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no port from " + FIRST + " on is free");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}

package io.dislog.bench;

import io.dislog.kit.Await;
import io.dislog.kit.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A Redis that forces its file before it answers, where it is installed: what some would take. */
final class Redis implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(10);

  private final Process process;
  private final int port;

  private Redis(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static boolean isInstalled() {
    return Files.isExecutable(Path.of("/usr/bin/redis-server"));
  }

  static Redis start(Path folder) throws IOException {
    int port = FreePort.next();
    Process process =
        new ProcessBuilder(
                "redis-server",
                "--port",
                String.valueOf(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toString(),
                "--appendonly",
                "yes",
                "--appendfsync",
                "always",
                "--auto-aof-rewrite-percentage",
                "0",
                "--save",
                "")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("redis.output").toFile())
            .start();
    Redis redis = new Redis(process, port);
    redis.awaitStart();
    return redis;
  }

  SocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private void awaitStart() throws IOException {
    if (!Await.holdsWithin(START, this::isListening)) {
      close();
      throw new IOException("redis-server did not start");
    }
  }

  private boolean isListening() {
    try {
      SocketChannel.open(address()).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}

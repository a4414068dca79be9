package io.dislog.bench;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Readers that read a log again and again, side by side. */
record CatchUp(SocketAddress from, String path, int readers) {

  /** Reads for so long, and returns the bytes of bodies per second. */
  double bytesPerSecond(Duration duration) throws IOException {
    long start = System.nanoTime();
    long end = start + duration.toNanos();
    List<Future<Long>> counts = new ArrayList<>();
    long bytes = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(readers)) {
      for (int i = 0; i < readers; i++) {
        counts.add(threads.submit(() -> readUntil(end)));
      }
      for (Future<Long> count : counts) {
        bytes += count.get();
      }
    } catch (ExecutionException | InterruptedException e) {
      throw new IOException(e);
    }
    return bytes * 1e9 / (System.nanoTime() - start);
  }

  /** Reads all of the log once, and returns the bytes of bodies per second. */
  double onceBytesPerSecond() throws IOException {
    try (Reader reader = new Reader(from, path)) {
      long start = System.nanoTime();
      long bytes = 0;
      for (long read = reader.read(); read > 0; read = reader.read()) {
        bytes += read;
      }
      return bytes * 1e9 / (System.nanoTime() - start);
    }
  }

  private long readUntil(long end) throws IOException {
    try (Reader reader = new Reader(from, path)) {
      long bytes = 0;
      while (System.nanoTime() < end) {
        bytes += reader.read();
      }
      return bytes;
    }
  }
}

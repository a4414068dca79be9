package io.dislog.bench.machine;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.dislog.bench.load.Run;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.HdrHistogram.Histogram;

/** What the device makes durable by itself: write + fdatasync, one after the other. */
public final class DeviceProbe {

  private static final int BLOCK_BYTES = 4 << 10;
  private static final long WRITTEN_BYTES = 64 << 20;

  private final Path folder;
  private final ByteBuffer block;

  /** One of writes of 4 KiB. */
  public DeviceProbe(Path folder) {
    this(folder, BLOCK_BYTES);
  }

  /**
   * @param blockBytes of each write
   */
  public DeviceProbe(Path folder, int blockBytes) {
    this.folder = folder;
    this.block = ByteBuffer.allocateDirect(blockBytes);
    byte[] noise = new byte[blockBytes];
    ThreadLocalRandom.current().nextBytes(noise);
    block.put(noise);
  }

  /** At the end of a file, so that each force writes what the file system knows of it, too. */
  public Run growing(Duration duration) throws IOException {
    return inNewFile(file -> measure(file, duration, Long.MAX_VALUE));
  }

  /** Over blocks that were written before. */
  public Run written(Duration duration) throws IOException {
    return inNewFile(file -> {
      for (long at = 0; at < WRITTEN_BYTES; at += block.capacity()) {
        file.write(block.flip(), at);
      }
      file.force(true);
      return measure(file, duration, WRITTEN_BYTES);
    });
  }

  private Run measure(FileChannel file, Duration duration, long size) throws IOException {
    Histogram latencies = new Histogram(Run.DIGITS);
    long start = System.nanoTime();
    long now = start;
    for (long at = 0; now - start < duration.toNanos(); at = (at + block.capacity()) % size) {
      file.write(block.flip(), at);
      file.force(false);
      long done = System.nanoTime();
      latencies.recordValue(done - now);
      now = done;
    }
    return new Run(latencies, now - start, latencies.getTotalCount());
  }

  private Run inNewFile(Probe probe) throws IOException {
    Path path = folder.resolve("probe");
    try (FileChannel file = FileChannel.open(path, CREATE_NEW, WRITE)) {
      return probe.run(file);
    } finally {
      Files.deleteIfExists(path);
    }
  }

  private interface Probe {
    Run run(FileChannel file) throws IOException;
  }
}

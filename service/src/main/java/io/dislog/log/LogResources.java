package io.dislog.log;

import io.dislog.disk.Disk;
import io.dislog.disk.FileTrouble;
import io.dislog.disk.Remover;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What the logs of one data directory share: the disk, the sealed segments that are open, and the
 * buffers that writers fill. Safe for use by many threads.
 */
public final class LogResources implements AutoCloseable {

  /** Appends reach the disk in writes of at most this many bytes. */
  private static final int WRITE_BUFFER_BYTES = 256 << 10;

  private final Disk disk;
  private final FileTrouble trouble;
  private final OpenSegments openSegments;
  private final Remover remover;
  private final ConcurrentLinkedQueue<ByteBuffer> idleBuffers = new ConcurrentLinkedQueue<>();

  /**
   * @param disk where the logs live
   * @param directory the data directory
   * @param openSegments how many sealed segments may stay open while nobody reads them
   * @param remover deletes what is large
   */
  public LogResources(Disk disk, Path directory, int openSegments, Remover remover) {
    this.disk = disk;
    this.trouble = new FileTrouble(directory);
    this.openSegments = new OpenSegments(openSegments);
    this.remover = remover;
  }

  public Disk disk() {
    return disk;
  }

  /** Says what is wrong with a file of it. */
  public FileTrouble trouble() {
    return trouble;
  }

  /** Deletes what may be large. */
  public Remover remover() {
    return remover;
  }

  /** Ends what is deleted in the background; nothing of the directory is touched after this. */
  @Override
  public void close() {
    remover.close();
  }

  OpenSegments openSegments() {
    return openSegments;
  }

  /** An empty buffer for a writer; as many exist as logs were ever written at the same time. */
  ByteBuffer takeBuffer() {
    ByteBuffer idle = idleBuffers.poll();
    return idle == null ? ByteBuffer.allocateDirect(WRITE_BUFFER_BYTES) : idle.clear();
  }

  void giveBack(ByteBuffer buffer) {
    idleBuffers.add(buffer);
  }
}

package io.dislog.log;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What the logs of one data directory share: the disk, the sealed segments that are open, and the
 * buffers that writers fill. Safe for use by many threads.
 */
public final class Volume {

  /** Appends reach the disk in writes of at most this many bytes. */
  private static final int WRITE_BUFFER_BYTES = 256 << 10;

  private final Disk disk;
  private final OpenSegments openSegments;
  private final ConcurrentLinkedQueue<ByteBuffer> idleBuffers = new ConcurrentLinkedQueue<>();

  /**
   * @param disk where the logs live
   * @param openSegments how many sealed segments may stay open while nobody reads them
   */
  public Volume(Disk disk, int openSegments) {
    this.disk = disk;
    this.openSegments = new OpenSegments(openSegments);
  }

  public Disk disk() {
    return disk;
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

package io.dislog.log;

import io.dislog.disk.Disk;
import io.dislog.disk.DiskFile;
import io.dislog.disk.Flaw;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads a store from its beginning and checks every frame, up to the file's end or the first flaw.
 * For one thread.
 */
final class StoreScan implements Closeable {

  private static final int CHUNK_BYTES = 256 << 10;

  private final DiskFile file;
  private final long fileSize;
  private final Store.@Nullable Header header;
  private ByteBuffer chunk;
  private @Nullable Flaw flaw;
  private long position = Store.HEADER_BYTES;
  private long nextOffset;
  private long lastTime;
  private int frameSize;
  private int frameAt;

  StoreScan(Disk disk, Path path, long baseOffset) throws IOException {
    file = disk.openForReading(path);
    fileSize = file.size();
    chunk = ByteBuffer.allocate((int) Math.min(fileSize, CHUNK_BYTES)).limit(0);
    nextOffset = baseOffset;
    ByteBuffer bytes = ByteBuffer.allocate(Store.HEADER_BYTES);
    file.read(bytes, 0);
    flaw = Store.headerFlaw(bytes.flip(), baseOffset);
    header = flaw == null ? Store.Header.decode(bytes) : null;
    lastTime = header == null ? 0 : header.floorTime();
  }

  /** The store's header, or null where it is not sound. */
  Store.@Nullable Header header() {
    return header;
  }

  /** Bytes of the store's file. */
  long fileSize() {
    return fileSize;
  }

  /** Moves on to the next frame; false at the end and at a flaw. */
  boolean next() throws IOException {
    if (flaw != null) {
      return false;
    }
    position += frameSize;
    chunk.position(chunk.position() + frameSize);
    frameSize = 0;
    if (position == fileSize) {
      return false;
    }
    flaw = load();
    if (flaw != null) {
      return false;
    }
    frameAt = chunk.position();
    lastTime = Frame.timeAt(chunk, frameAt);
    nextOffset++;
    return true;
  }

  /** What stopped the scan, or null where it was the file's end. */
  @Nullable Flaw flaw() {
    return flaw;
  }

  /** Where the present frame begins, or where the scan stopped. */
  long position() {
    return position;
  }

  /** Where the present frame ends. */
  long endPosition() {
    return position + frameSize;
  }

  /** The offset behind the present frame. */
  long nextOffset() {
    return nextOffset;
  }

  /** The present frame's time. */
  long time() {
    return lastTime;
  }

  /** Bytes of the present frame's value. */
  int valueSize() {
    return Frame.valueSizeAt(chunk, frameAt);
  }

  boolean batchGoesOn() {
    return (Frame.flagsAt(chunk, frameAt) & Frame.BATCH_GOES_ON) != 0;
  }

  boolean produced() {
    return (Frame.flagsAt(chunk, frameAt) & Frame.PRODUCED) != 0;
  }

  /** Whether some sound frame of a later record stands anywhere behind the flaw. */
  boolean soundFrameFollows() throws IOException {
    ByteBuffer window = ByteBuffer.allocate(CHUNK_BYTES);
    for (long from = position + 1; from < fileSize; from += CHUNK_BYTES - Frame.HEAD_BYTES) {
      file.read(window.clear(), from);
      window.flip();
      for (int at = 0; at + Frame.HEAD_BYTES <= window.limit(); at++) {
        int size = Frame.sizeAt(window, at);
        long offset = size < 0 ? -1 : Frame.offsetAt(window, at);
        if (offset >= nextOffset
            && offset - nextOffset < fileSize
            && isSound(from + at, size, offset)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private boolean isSound(long at, int size, long offset) throws IOException {
    if (at + size > fileSize) {
      return false;
    }
    ByteBuffer frame = ByteBuffer.allocate(size);
    return file.read(frame, at) == size && Frame.flawAt(frame.flip(), 0, size, offset) == null;
  }

  /** Brings the next frame into the chunk and checks it. */
  private @Nullable Flaw load() throws IOException {
    ensure(Frame.LENGTH_BYTES);
    if (chunk.remaining() < Frame.LENGTH_BYTES) {
      return new Flaw("a frame's length", chunk.remaining() + " bytes");
    }
    int size = Frame.sizeAt(chunk, chunk.position());
    if (size < 0) {
      return new Flaw("a frame's length", "" + chunk.getInt(chunk.position()));
    }
    if (position + size > fileSize) {
      return new Flaw("a frame of %d bytes".formatted(size), fileSize - position + " bytes");
    }
    ensure(size);
    Flaw found = Frame.flawAt(chunk, chunk.position(), size, nextOffset);
    if (found == null && Frame.timeAt(chunk, chunk.position()) < lastTime) {
      found = new Flaw("a time from " + lastTime, "" + Frame.timeAt(chunk, chunk.position()));
    }
    if (found == null) {
      frameSize = size;
    }
    return found;
  }

  /** Makes the chunk hold so many bytes from the present position on, unless the file ends. */
  private void ensure(int size) throws IOException {
    if (chunk.remaining() < size) {
      int there = chunk.remaining();
      ByteBuffer target = size <= chunk.capacity() ? chunk : ByteBuffer.allocate(size);
      ByteBuffer rest = chunk.duplicate();
      target.clear();
      target.put(0, rest, rest.position(), there).position(there);
      file.read(target, position + there);
      chunk = target.flip();
    }
  }
}

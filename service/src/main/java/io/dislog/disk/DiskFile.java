package io.dislog.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An open file, read and written by position.
 *
 * <p>Safe for readers beside one writer. Positions and sizes are bytes from the file's begin.
 */
public interface DiskFile extends Closeable {

  /**
   * Reads until the buffer is full or the file ends.
   *
   * @return how many bytes were read, 0 at the end
   */
  int read(ByteBuffer to, long position) throws IOException;

  /** Writes all that the buffer has left; where it throws, any part of it may be in the file. */
  void write(ByteBuffer from, long position) throws IOException;

  /** Makes content and size durable, mapped writes included; a failure is final for this file. */
  void force() throws IOException;

  /** Cuts the file to a size. */
  void truncate(long size) throws IOException;

  /** The file's present size. */
  long size() throws IOException;

  /**
   * Maps the file's first bytes, which must be there, for reading and, where the file was opened
   * so, for writing. The mapping outlives the file's closing.
   */
  ByteBuffer map(long size) throws IOException;

  /**
   * Has the file keep its descriptor until {@link #letGo}, so that nothing meanwhile fails for want
   * of one.
   *
   * @throws TooManyFilesException where there is none; then it is not held
   */
  default void hold() throws IOException {}

  /** Ends a {@link #hold}. */
  default void letGo() {}

  @Override
  void close() throws IOException;
}

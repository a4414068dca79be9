package io.dislog.it;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that takes all the room that a disk has left. */
final class Ballast {

  private static final int STEP = 1 << 16;
  private static final int MAX_STEPS = 1 << 16;

  private final Path file;

  /**
   * Makes one, which is not there yet.
   *
   * @param disk on which it is to lie
   */
  Ballast(Room disk) {
    this.file = disk.folder().resolve("ballast");
  }

  /** Grows until nothing more goes onto the disk. */
  void grow() throws IOException {
    byte[] zeros = new byte[STEP];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int step = 0; step < MAX_STEPS; step++) {
        out.write(zeros);
      }
    } catch (IOException e) {
      return; // It is full.
    }
    throw new IOException("the disk does not fill up");
  }

  /** Takes what is free but so many bytes. */
  void leave(long bytes) throws IOException {
    byte[] zeros = new byte[STEP];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (Files.getFileStore(file).getUsableSpace() > bytes) {
        out.write(zeros);
      }
    }
  }

  void remove() throws IOException {
    Files.deleteIfExists(file);
  }
}

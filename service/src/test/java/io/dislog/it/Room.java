package io.dislog.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small disk of its own, in memory, where the system lets this test mount one. */
final class Room implements AutoCloseable {

  private final Path folder;
  private final boolean mounted;

  private Room(Path folder, boolean mounted) {
    this.folder = folder;
    this.mounted = mounted;
  }

  /** Mounts a disk of that many MiB on a new folder. */
  static Room ofMebibytes(Path folder, int size) throws IOException {
    Files.createDirectory(folder);
    int exit = run("mount", "-t", "tmpfs", "-o", "size=%dm".formatted(size), "tmpfs", "" + folder);
    return new Room(folder, exit == 0);
  }

  Path folder() {
    return folder;
  }

  /** Whether there is one; otherwise the folder is one on the large disk. */
  boolean isSmall() {
    return mounted;
  }

  @Override
  public void close() {
    if (mounted) {
      run("umount", "-l", folder.toString());
    }
  }

  private static int run(String... command) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1; // There is no such program.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }
}

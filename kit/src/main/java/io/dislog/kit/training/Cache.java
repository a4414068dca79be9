package io.dislog.kit.training;

import io.dislog.kit.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** One AOT cache that is made. For one thread. */
final class Cache {
  private final Path file;
  private final Path recorded;

  /**
   * @param folder where it is put once it is whole
   * @param work where the JVM writes it, and leaves what comes of a training that fails
   */
  Cache(Path folder, String name, Path work) throws IOException {
    this.file = folder.resolve(name);
    this.recorded = work.resolve(name);
    Files.deleteIfExists(file);
  }

  /** Has a JVM write it when it ends. */
  String option() {
    return "-XX:AOTCacheOutput=" + recorded;
  }

  /**
   * Takes what a node that was stopped has written, which takes seconds: a start that comes
   * meanwhile finds no cache instead of a half.
   */
  void take(NodeProcess from) throws IOException {
    if (!Files.exists(recorded)) {
      throw new IllegalStateException(from.output());
    }
    Path beside = file.resolveSibling(file.getFileName() + ".new"); // Of the same file system.
    Files.copy(recorded, beside, StandardCopyOption.REPLACE_EXISTING);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }
}

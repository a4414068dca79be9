import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** One AOT cache that is made, beside the packaged service. For one thread. */
final class Cache {
  private final Path file;
  private final Path recorded;

  Cache(Path module, String name) throws IOException {
    this.file = module.resolve("target/quarkus-app").resolve(name);
    this.recorded = file.resolveSibling(name + ".new");
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
  void take(Node from) throws IOException {
    if (!Files.exists(recorded)) {
      throw new IllegalStateException(from.output());
    }
    Files.move(recorded, file, StandardCopyOption.ATOMIC_MOVE);
  }
}

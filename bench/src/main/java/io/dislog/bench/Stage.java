package io.dislog.bench;

import io.dislog.bench.machine.Device;
import io.dislog.kit.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where and how to measure.
 *
 * @param project whose builds are measured
 * @param work folder for data, on the disk to measure
 * @param device under it
 * @param options for the servers' JVMs, besides the service's own
 */
record Stage(Path project, Path work, Device device, Plan plan, List<String> options) {

  /** Starts the service over logs of its own. */
  Server service(String name) throws IOException {
    return service(name, List.of());
  }

  /**
   * Starts the service over logs of its own.
   *
   * @param more options for its JVM
   */
  Server service(String name, List<String> more) throws IOException {
    List<String> all = new ArrayList<>(more);
    all.addAll(options);
    return Server.service(project, folder(name), all);
  }

  /** Starts the empty endpoint's application. */
  Server empty() throws IOException {
    return Server.empty(project, folder("empty"), options);
  }

  /** A folder for data, created where it is not there. */
  Path folder(String name) throws IOException {
    return Files.createDirectories(work.resolve(name));
  }

  void delete(String name) throws IOException {
    FileTree.delete(work.resolve(name));
  }
}

package io.dislog.bench;

import io.dislog.kit.Member;
import io.dislog.kit.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The reference server of the Durable Streams protocol, where it is installed. It forces the file
 * of a stream before it answers an append, as Dislog does. Safe for use by many threads.
 */
final class Reference {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration LONG_POLL = Duration.ofMinutes(2);
  private static final Path PROGRAM = Path.of("kit", "target", "streams", "reference.mjs");
  private static final Path LIBRARY = Path.of("node_modules", "@durable-streams", "server");

  private Reference() {}

  /** Why there is none, if so. */
  static Optional<String> absence(Path project) {
    if (!hasNode()) {
      return Optional.of("there is no Node.js");
    }
    Path library = project.resolve(PROGRAM).resolveSibling(LIBRARY);
    return Files.exists(library)
        ? Optional.empty()
        : Optional.of("its reference server is not installed, which `.ci/streams install` does");
  }

  /** Starts one on a folder of its own, and waits until it listens. */
  static Server start(Stage stage, String name) throws IOException {
    Path folder = stage.folder(name);
    Member member = Member.onFreePorts("reference");
    ProcessBuilder builder =
        new ProcessBuilder(
            "node",
            stage.project().resolve(PROGRAM).toString(),
            String.valueOf(member.http()),
            folder.resolve("data").toString(),
            String.valueOf(LONG_POLL.toMillis()));
    NodeProcess process =
        NodeProcess.start(builder, member, stage.work().resolve(name + ".output"));
    return Server.started(process, () -> process.awaitListening(START));
  }

  private static boolean hasNode() {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

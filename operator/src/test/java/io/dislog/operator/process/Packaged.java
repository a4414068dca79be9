package io.dislog.operator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Artefact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;

/** A module as it was packaged last, which must be what its sources say. Stateless. */
final class Packaged {

  /** Of each process: many run beside one another. */
  static final String HEAP = "-Xmx256m";

  private Packaged() {}

  /** What a module was packaged as. */
  static Artefact module(String name) throws IOException {
    Path module = Path.of("..", name).toAbsolutePath().normalize();
    Path app = module.resolve("target/quarkus-app");
    checkCurrent(module, app.resolve("quarkus-run.jar"));
    return Artefact.at(app);
  }

  /** A test of yesterday's sources would say nothing of today's. */
  private static void checkCurrent(Path module, Path jar) throws IOException {
    String how =
        "what is packaged is up to date: ./mvnw -pl %s -Dmaven.test.skip package"
            .formatted(module.getFileName());
    assertThat(jar).as(how).exists();
    FileTime packaged = Files.getLastModifiedTime(jar);
    try (Stream<Path> sources = Files.walk(module.resolve("src/main"))) {
      for (Path source : sources.toList()) {
        assertThat(Files.getLastModifiedTime(source)).as(how).isLessThanOrEqualTo(packaged);
      }
    }
  }
}

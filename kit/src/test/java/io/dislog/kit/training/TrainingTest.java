package io.dislog.kit.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Artefact;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training may fail: then it says so and breaks no build. */
final class TrainingTest {

  private static final Path CLASSES = Path.of("target", "classes");

  @TempDir Path module;

  @BeforeEach
  void make() throws Exception {
    Files.createDirectory(module.resolve("caches"));
    Files.writeString(module.resolve("jvm.options"), "");
  }

  @Test
  void withoutAServiceItSaysSo() throws Exception {
    assertThat(train()).contains("No AOT cache dislog-raft.aot, the service will start slower");
    assertThat(module.resolve("caches")).isEmptyDirectory();
  }

  @Test
  void withAServiceThatDoesNotStartItSaysSo() throws Exception {
    Path app = Files.createDirectories(module.resolve("target/quarkus-app"));
    Files.writeString(app.resolve("quarkus-run.jar"), "no jar");
    assertThat(train())
        .contains("No AOT cache dislog-raft.aot, the service will start slower")
        .contains("n1 did not get ready and ended with code 1");
    assertThat(module.resolve("caches")).isEmptyDirectory();
  }

  /** What it says, which must end well. */
  private String train() throws Exception {
    Process training =
        new ProcessBuilder(
                Artefact.java(),
                "-cp",
                CLASSES.toAbsolutePath().toString(),
                Training.class.getName(),
                module.toString(),
                module.resolve("caches").toString(),
                "dislog-raft.aot")
            .redirectErrorStream(true)
            .start();
    String said = new String(training.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(training.waitFor()).as(said).isZero();
    return said;
  }
}

package io.dislog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The training of the AOT cache, which may fail, and what is made without it. */
class TrainingTest {

  private static final Path TRAINING = Path.of("src", "training", "java", "Training.java");
  private static final Path DOCKERFILE = Path.of("src", "main", "docker", "Dockerfile.jvm");

  @TempDir Path module;

  @Test
  void aTrainingThatFailsSaysSoAndIsNoFailure() throws Exception {
    Files.createDirectory(module.resolve("caches"));
    Files.writeString(module.resolve("jvm.options"), "");
    Process training =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                TRAINING.toString(),
                module.toString(),
                module.resolve("caches").toString(),
                "dislog-raft.aot")
            .redirectErrorStream(true)
            .start();
    String said = new String(training.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(training.waitFor()).as(said).isZero();
    assertThat(said).contains("No AOT cache dislog-raft.aot, the service will start slower");
    assertThat(module.resolve("caches")).isEmptyDirectory();
  }

  @Test
  void anImageTakesNoFileThatTheTrainingMayNotHaveMade() throws IOException {
    assertThat(Files.readAllLines(DOCKERFILE))
        .filteredOn(line -> line.startsWith("COPY --from=training"))
        .isNotEmpty()
        .noneMatch(line -> line.contains(".aot"));
  }
}

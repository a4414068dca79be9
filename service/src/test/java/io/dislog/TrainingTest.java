package io.dislog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is made where the training of the AOT cache has failed. */
class TrainingTest {

  private static final Path DOCKERFILE = Path.of("src", "main", "docker", "Dockerfile.jvm");

  @Test
  void anImageTakesNoFileThatTheTrainingMayNotHaveMade() throws IOException {
    assertThat(Files.readAllLines(DOCKERFILE))
        .filteredOn(line -> line.startsWith("COPY --from=training"))
        .isNotEmpty()
        .noneMatch(line -> line.contains(".aot"));
  }
}

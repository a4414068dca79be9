package io.dislog.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrdFileTest {

  @TempDir Path folder;

  @Test
  void theCommittedDefinitionIsWhatTheTypesSay() throws IOException {
    String generated = CrdFile.generated(folder);
    if (Boolean.getBoolean("dislog.crds.write")) {
      Files.createDirectories(CrdFile.COMMITTED.getParent());
      Files.writeString(CrdFile.COMMITTED, generated);
    }
    assertThat(CrdFile.COMMITTED)
        .as("written anew by: ./mvnw -pl operator test -Dtest=CrdFileTest -Ddislog.crds.write=true")
        .hasContent(generated);
  }
}

package io.dislog.commit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose a data directory is. */
final class DirectoryOwnerTest {

  @TempDir private Path directory;

  @Test
  void anEmptyDirectoryIsAnybodys() {
    assertThatCode(() -> DirectoryOwner.checkNotOfACluster(directory)).doesNotThrowAnyException();
    assertThatCode(() -> DirectoryOwner.checkNotOfANodeAlone(directory)).doesNotThrowAnyException();
  }

  @Test
  void aNodeAloneDoesNotBeginBesideWhatAClusterLeft() throws IOException {
    Files.createFile(directory.resolve("cluster"));

    assertThatThrownBy(() -> DirectoryOwner.checkNotOfACluster(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("set dislog.replication to raft");
  }

  @Test
  void aClusterDoesNotBeginBesideWhatANodeAloneLeft() throws IOException {
    Files.createDirectory(directory.resolve("logs"));

    assertThatThrownBy(() -> DirectoryOwner.checkNotOfANodeAlone(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("set dislog.replication to off");
  }
}

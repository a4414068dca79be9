package io.dislog.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileTreeTest {

  @Test
  void allGoes(@TempDir Path folder) throws IOException {
    Path tree = folder.resolve("tree");
    Files.createDirectories(tree.resolve("a/b"));
    Files.writeString(tree.resolve("a/file"), "text");
    FileTree.delete(tree);
    assertThat(tree).doesNotExist();
    FileTree.delete(tree);
    assertThat(folder).isEmptyDirectory();
  }
}

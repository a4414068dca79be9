package io.dislog.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What kinds of things lie in a folder. What is not a file or a folder itself is never opened: to
 * open a pipe waits for whoever writes to it, and a link leads out of the data directory.
 */
enum FileKind {
  FILE("a file"),
  FOLDER("a folder"),
  LINK("a link"),
  OTHER("a pipe, a socket or a device");

  private final String words;

  FileKind(String words) {
    this.words = words;
  }

  /**
   * The kind of what is there.
   *
   * @throws NoSuchFileException where nothing is
   */
  static FileKind of(Path path) throws IOException {
    BasicFileAttributes found =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (found.isRegularFile()) {
      return FILE;
    }
    if (found.isDirectory()) {
      return FOLDER;
    }
    return found.isSymbolicLink() ? LINK : OTHER;
  }

  /**
   * Refuses what is of another kind.
   *
   * @throws StrangeFileException where it is
   * @throws NoSuchFileException where nothing is there
   */
  void check(Path path) throws IOException {
    FileKind found = of(path);
    if (found != this) {
      throw new StrangeFileException(path, words, found.words);
    }
  }
}

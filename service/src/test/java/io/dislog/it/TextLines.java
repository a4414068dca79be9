package io.dislog.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Real text of this very machine: its logs, documents, licenses and the JDK's own texts. */
final class TextLines {

  private static final List<Path> PLACES =
      List.of(
          Path.of("/var/log"),
          Path.of("/usr/share/common-licenses"),
          Path.of("/usr/share/perl"),
          Path.of("/usr/share/doc"),
          Path.of(System.getProperty("java.home"), "legal"),
          Path.of(System.getProperty("java.home"), "include"),
          Path.of(System.getProperty("java.home"), "conf"),
          Path.of("/usr/include"),
          Path.of("src"));
  private static final long MAX_FILE_BYTES = 8 << 20;

  private final int wanted;
  private final List<byte[]> lines = new ArrayList<>();

  private TextLines(int wanted) {
    this.wanted = wanted;
  }

  /**
   * At least so many lines, none of them empty, each with what ends it.
   *
   * @throws IOException where the machine has less text
   */
  static List<byte[]> of(int wanted) throws IOException {
    TextLines text = new TextLines(wanted);
    for (Path place : PLACES) {
      if (Files.isDirectory(place)) {
        text.collect(place);
      }
    }
    List<byte[]> once = List.copyOf(text.lines);
    // A bare container has little text: its own then comes several times.
    while (!once.isEmpty() && text.lines.size() < wanted) {
      text.lines.addAll(once);
    }
    return text.lines;
  }

  /** A line without what ends it. */
  static byte[] value(byte[] line) {
    int end = line.length - 1;
    return Arrays.copyOf(line, end > 0 && line[end - 1] == '\r' ? end - 1 : end);
  }

  private void collect(Path place) throws IOException {
    Files.walkFileTree(
        place,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile() && attributes.size() < MAX_FILE_BYTES) {
              readable(file);
            }
            return lines.size() < wanted ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void readable(Path file) {
    try {
      split(Files.readAllBytes(file));
    } catch (IOException e) {
      // It is not for us to read, or is a log of this machine that has just been taken away.
    }
  }

  private void split(byte[] text) {
    if (!isText(text)) {
      return;
    }
    int start = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\n') {
        byte[] line = Arrays.copyOfRange(text, start, i + 1);
        if (value(line).length > 0) {
          lines.add(line);
        }
        start = i + 1;
      }
    }
  }

  private static boolean isText(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).chars().noneMatch(c -> c == 0);
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}

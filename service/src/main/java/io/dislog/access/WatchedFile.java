package io.dislog.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A file that says something, and is read again when it changes. Its whole content is compared, for
 * neither its time nor its number says for certain that it is another one. Any thread may ask what
 * it says; one at a time looks at the file.
 *
 * <p>What can't be read leaves in force what was read last; at the start, nothing.
 */
public final class WatchedFile<T> {

  /** Nobody writes so many rules; a wrong path may lead to anything. */
  private static final int MOST_BYTES = 8 << 20;

  private final Path path;
  private final Function<String, T> parse;
  private @Nullable String text;
  private volatile T content;
  private volatile @Nullable String flaw;

  /**
   * Reads the file for the first time.
   *
   * @param parse throws {@link RulesException} where it does not understand
   * @param nothing what a file says that can't be read
   */
  public WatchedFile(Path path, Function<String, T> parse, T nothing) {
    this.path = path;
    this.parse = parse;
    this.content = nothing;
    look();
  }

  /** What the file said when it could last be read. */
  public T content() {
    return content;
  }

  /** Why it can't be read as it is now; null where it can. */
  public @Nullable String flaw() {
    return flaw;
  }

  public Path path() {
    return path;
  }

  /**
   * Looks at the file again.
   *
   * @return whether it says something else now, or can or can't be read as against before
   */
  public synchronized boolean look() {
    String before = flaw;
    try {
      String read = read();
      if (read.equals(text)) {
        return false; // As before, be that sound or not.
      }
      text = read;
      content = parse.apply(read);
      flaw = null;
      return true;
    } catch (RulesException e) {
      flaw = String.valueOf(e.getMessage());
    } catch (IOException e) {
      text = null;
      flaw = said(e);
    }
    return !flaw.equals(before);
  }

  private String read() throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    }
    if (bytes.length > MOST_BYTES) {
      throw new IOException("it is larger than %d bytes".formatted(MOST_BYTES));
    }
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static String said(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "there is no such file";
      case CharacterCodingException coding -> "it is not UTF-8";
      case FileSystemException disk -> "it can't be read: " + disk.getReason();
      default -> "it can't be read: " + e.getMessage();
    };
  }
}

package io.dislog.disk;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Says in words what is wrong with a file, which is named by its path in the data directory. */
public final class FileTrouble {

  private final Path directory;

  /**
   * @param directory the data directory
   */
  public FileTrouble(Path directory) {
    this.directory = directory;
  }

  /** What an exception tells, without the data directory's own path. */
  public String words(Exception trouble) {
    return within(
        trouble instanceof FileSystemException file
            ? file.getFile() + " " + reason(file)
            : String.valueOf(trouble.getMessage()));
  }

  /**
   * Likewise.
   *
   * @param folder where a damaged file stands, which itself tells its name alone
   */
  public String words(Exception trouble, Path folder) {
    return trouble instanceof DamageException
        ? within(folder + "/" + trouble.getMessage())
        : words(trouble);
  }

  /** A text in which files are named by their paths in the data directory. */
  public String within(String text) {
    return text.replace(directory + "/", "").replace(directory.toString(), "the data directory");
  }

  private static String reason(FileSystemException trouble) {
    @Nullable String reason = trouble.getReason();
    return switch (trouble) {
      case NoSuchFileException _ -> "is not there";
      case AccessDeniedException _ -> "may not be used by this process: change its owner or mode";
      case FileAlreadyExistsException _ -> "is there already";
      case DirectoryNotEmptyException _ -> "is not empty";
      default -> reason == null ? "can't be used" : "can't be used: " + reason;
    };
  }
}

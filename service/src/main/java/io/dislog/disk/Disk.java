package io.dislog.disk;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the log needs of a file system. {@link LocalDisk} is the real one; tests have one that
 * fails, tears and cuts power.
 *
 * <p>Safe for use by many threads. Every method throws {@link IOException} where the disk refuses,
 * and {@link StorageFullException} where it has no room.
 */
public interface Disk {

  /** Creates a file that must not be there, open for reading and writing. */
  DiskFile create(Path file) throws IOException;

  /** Opens a file that must be there, for reading and writing; a link or a pipe is refused. */
  DiskFile open(Path file) throws IOException;

  /** Opens a file that must be there, for reading alone; likewise. */
  DiskFile openForReading(Path file) throws IOException;

  /** The names in a folder, sorted; a link is refused. */
  List<String> list(Path folder) throws IOException;

  /** Whether there is a file or folder, or anything else, at this path. */
  boolean exists(Path path);

  /** Creates a folder, and those above it, where they are not there; their names are durable. */
  void createFolders(Path folder) throws IOException;

  /** Renames a file or folder at once; what it was may come back after a crash until forced. */
  void rename(Path from, Path to) throws IOException;

  /**
   * Has a small file hold these bytes and nothing else, durably when this returns. Before that, and
   * after a crash, it is whole: as it was, or so.
   */
  default void replace(Path file, ByteBuffer content) throws IOException {
    Path written = file.resolveSibling(file.getFileName() + ".new");
    delete(written); // A crash may have left one.
    try (DiskFile to = create(written)) {
      to.write(content, 0);
      to.force();
    }
    rename(written, file);
    forceFolder(requireNonNull(file.getParent()));
  }

  /** Gives a file a second name, which is not durable before its folder is forced. */
  void link(Path file, Path name) throws IOException;

  /** Deletes a file or an empty folder; nothing happens where there is none. */
  void delete(Path path) throws IOException;

  /** Deletes a folder with all that is in it, or whatever else is there; links aren't followed. */
  default void deleteAll(Path path) throws IOException {
    if (exists(path)) {
      try {
        for (String name : list(path)) {
          deleteAll(path.resolve(name));
        }
      } catch (StrangeFileException | NoSuchFileException e) {
        // It is no folder.
      }
      delete(path);
    }
  }

  /** How many names a file has, see {@link #link}; what can't tell says two. */
  int names(Path file) throws IOException;

  /** Makes the names in a folder durable: creations, renames and deletions. */
  void forceFolder(Path folder) throws IOException;

  /** Bytes that can still be written below this path. */
  long usableBytes(Path path) throws IOException;

  /** Bytes of the volume that this path is on; it may grow while it is used. */
  long totalBytes(Path path) throws IOException;
}

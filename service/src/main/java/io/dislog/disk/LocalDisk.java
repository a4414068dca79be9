package io.dislog.disk;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileStore;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The machine's own file system. */
public final class LocalDisk implements Disk {

  private final Map<Path, FileStore> stores = new ConcurrentHashMap<>();

  @Override
  public DiskFile create(Path file) throws IOException {
    return channel(file, MapMode.READ_WRITE, CREATE_NEW, READ, WRITE);
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    FileKind.FILE.check(file);
    return channel(file, MapMode.READ_WRITE, READ, WRITE, NOFOLLOW_LINKS);
  }

  @Override
  public DiskFile openForReading(Path file) throws IOException {
    FileKind.FILE.check(file);
    return channel(file, MapMode.READ_ONLY, READ, NOFOLLOW_LINKS);
  }

  @Override
  public List<String> list(Path folder) throws IOException {
    FileKind.FOLDER.check(folder);
    return told(() -> {
      try (Stream<Path> paths = Files.list(folder)) {
        return paths.map(path -> path.getFileName().toString()).sorted().toList();
      }
    });
  }

  @Override
  public boolean exists(Path path) {
    return Files.exists(path, NOFOLLOW_LINKS);
  }

  @Override
  public void createFolders(Path folder) throws IOException {
    if (exists(folder)) {
      FileKind.FOLDER.check(folder);
    } else {
      createMissing(folder);
    }
  }

  /** Above what is created, where the data directory is, a link may lead on. */
  private void createMissing(Path folder) throws IOException {
    Path parent = Objects.requireNonNull(folder.toAbsolutePath().getParent());
    if (!Files.isDirectory(parent)) {
      createMissing(parent);
    }
    var _ = told(() -> Files.createDirectory(folder));
    forceFolder(parent);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    told(() -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE));
  }

  @Override
  public void link(Path file, Path name) throws IOException {
    told(() -> Files.createLink(name, file));
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.deleteIfExists(path);
  }

  @Override
  public void deleteAll(Path path) throws IOException {
    if (exists(path)) {
      told(() -> Files.walkFileTree(path, new Deletion()));
    }
  }

  @Override
  public int names(Path file) throws IOException {
    try {
      return (int) Files.getAttribute(file, "unix:nlink", NOFOLLOW_LINKS);
    } catch (UnsupportedOperationException e) {
      return 2;
    }
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    // A folder can be opened for reading and forced on Linux and macOS alone, where Dislog runs.
    var _ =
        told(() -> {
          try (FileChannel channel = FileChannel.open(folder, READ)) {
            channel.force(true);
          }
          return folder;
        });
  }

  @Override
  public long usableBytes(Path path) throws IOException {
    return store(path).getUsableSpace();
  }

  @Override
  public long totalBytes(Path path) throws IOException {
    return store(path).getTotalSpace();
  }

  /** Finding it reads the mount table; asking it for its space is one statvfs. */
  private FileStore store(Path path) throws IOException {
    FileStore store = stores.get(path);
    if (store == null) {
      store = told(() -> Files.getFileStore(path));
      stores.put(path, store);
    }
    return store;
  }

  private static DiskFile channel(Path file, MapMode mode, OpenOption... options)
      throws IOException {
    return told(() -> new ChannelFile(FileChannel.open(file, options), mode));
  }

  /**
   * The JDK tells a full disk, and a process without descriptors, by the system's message alone.
   */
  private static <T> T told(DiskCall<T> call) throws IOException {
    try {
      return call.run();
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      if (message.contains("No space left") || message.contains("quota exceeded")) {
        throw new StorageFullException("the disk is full");
      }
      if (message.contains("Too many open files")) {
        throw new TooManyFilesException("the process has no file descriptor left");
      }
      throw e;
    }
  }

  /** Deletes a folder's content before the folder; a link is a file to it. */
  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }

  private interface DiskCall<T> {
    T run() throws IOException;
  }

  private record ChannelFile(FileChannel channel, MapMode mode) implements DiskFile {

    @Override
    public int read(ByteBuffer to, long position) throws IOException {
      int start = to.position();
      while (to.hasRemaining() && channel.read(to, position + to.position() - start) >= 0) {}
      return to.position() - start;
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
      told(() -> {
        long at = position;
        while (from.hasRemaining()) {
          at += channel.write(from, at);
        }
        return at;
      });
    }

    @Override
    public void force() throws IOException {
      // On Linux this is fdatasync: content, size, and pages dirtied through a mapping.
      channel.force(false);
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public ByteBuffer map(long size) throws IOException {
      try {
        return channel.map(mode, 0, size);
      } catch (IOException e) {
        if (e.getCause() instanceof OutOfMemoryError) { // So the JDK says it.
          throw new TooManyFilesException("the process has no memory mapping left");
        }
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}

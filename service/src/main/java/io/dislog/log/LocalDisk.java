package io.dislog.log;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The machine's own file system. */
public final class LocalDisk implements Disk {

  private final Map<Path, FileStore> stores = new ConcurrentHashMap<>();

  @Override
  public DiskFile create(Path file) throws IOException {
    return channel(file, MapMode.READ_WRITE, CREATE_NEW, READ, WRITE);
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return channel(file, MapMode.READ_WRITE, READ, WRITE);
  }

  @Override
  public DiskFile openForReading(Path file) throws IOException {
    return channel(file, MapMode.READ_ONLY, READ);
  }

  @Override
  public List<String> list(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Override
  public boolean exists(Path path) {
    return Files.exists(path);
  }

  @Override
  public void createFolders(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Path parent = Objects.requireNonNull(folder.toAbsolutePath().getParent());
      createFolders(parent);
      told(() -> Files.createDirectory(folder));
      forceFolder(parent);
    }
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
  public void forceFolder(Path folder) throws IOException {
    // A folder can be opened for reading and forced on Linux and macOS alone, where Dislog runs.
    try (FileChannel channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    }
  }

  @Override
  public long usableBytes(Path path) throws IOException {
    // Finding a path's file store reads the mount table; asking it for its space is one statvfs.
    FileStore store = stores.get(path);
    if (store == null) {
      store = Files.getFileStore(path);
      stores.put(path, store);
    }
    return store.getUsableSpace();
  }

  private static DiskFile channel(Path file, MapMode mode, OpenOption... options)
      throws IOException {
    return told(() -> new ChannelFile(FileChannel.open(file, options), mode));
  }

  /** The JDK tells a full disk by the system's message alone. */
  private static <T> T told(DiskCall<T> call) throws IOException {
    try {
      return call.run();
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      if (message.contains("No space left") || message.contains("quota exceeded")) {
        throw new StorageFullException("the disk is full");
      }
      throw e;
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
      return channel.map(mode, 0, size);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}

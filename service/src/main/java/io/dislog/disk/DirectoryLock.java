package io.dislog.disk;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Keeps a data directory to one process; the file {@code lock} in it says which. */
public final class DirectoryLock implements Closeable {

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of an existing folder, which the system gives back when the process ends,
   * however it does.
   *
   * @throws IOException where another process has it, naming that
   */
  public static DirectoryLock take(Path folder) throws IOException {
    Path file = folder.resolve("lock");
    if (Files.exists(file, NOFOLLOW_LINKS)) {
      FileKind.FILE.check(file); // A link would have another file overwritten.
    }
    FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE, NOFOLLOW_LINKS);
    try {
      if (tryLock(channel) == null) {
        throw new IOException(
            "the data directory %s is in use by %s"
                .formatted(folder.toAbsolutePath(), Files.readString(file).strip()));
      }
      String holder = "process %d%n".formatted(ProcessHandle.current().pid());
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
      return new DirectoryLock(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // This very process has it.
    }
  }
}

package io.dislog.commit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What somebody else may put into a data directory. */
enum Oddity {
  PIPE,
  SOCKET,
  LINK_TO_A_FILE,
  LINK_TO_A_FOLDER,
  LINK_TO_NOTHING,
  LINK_TO_ITSELF,
  EMPTY_FILE,
  LARGE_FILE_OF_ZEROS,
  FILE_OF_TEXT,
  EMPTY_FOLDER,
  FOLDER_OF_FOLDERS,
  FILE_THAT_NOBODY_MAY_READ;

  static final String KEPT = "kept";

  /**
   * Puts it there, in the place of what is.
   *
   * @param outside a folder with a file {@link #KEPT}, to which links lead
   */
  void put(Path place, Path outside) throws IOException, InterruptedException {
    Files.deleteIfExists(place);
    switch (this) {
      case PIPE -> {
        Process made = new ProcessBuilder("mkfifo", place.toString()).start();
        if (!made.waitFor(60, TimeUnit.SECONDS) || made.exitValue() != 0) {
          throw new IOException("mkfifo failed");
        }
      }
      case SOCKET -> bind(place);
      case LINK_TO_A_FILE -> Files.createSymbolicLink(place, outside.resolve(KEPT));
      case LINK_TO_A_FOLDER -> Files.createSymbolicLink(place, outside);
      case LINK_TO_NOTHING -> Files.createSymbolicLink(place, outside.resolve("nothing"));
      case LINK_TO_ITSELF -> Files.createSymbolicLink(place, place);
      case EMPTY_FILE -> Files.createFile(place);
      case LARGE_FILE_OF_ZEROS -> {
        try (RandomAccessFile sparse = new RandomAccessFile(place.toFile(), "rw")) {
          sparse.setLength(3L << 30);
        }
      }
      case FILE_OF_TEXT -> Files.writeString(place, "not one of Dislog's");
      case EMPTY_FOLDER -> Files.createDirectory(place);
      case FOLDER_OF_FOLDERS -> {
        Files.createDirectories(place.resolve("in/there"));
        Files.writeString(place.resolve("in/there/file"), "text");
        Files.createSymbolicLink(place.resolve("in/link"), outside);
      }
      case FILE_THAT_NOBODY_MAY_READ -> {
        Files.writeString(place, "secret");
        if (!place.toFile().setReadable(false)) {
          throw new IOException("its mode can't be changed");
        }
      }
    }
  }

  /** A socket's path is short: it is made elsewhere and moved. */
  private static void bind(Path place) throws IOException {
    Path socket = Files.createTempDirectory("s").resolve("s");
    try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(socket));
    }
    Files.move(socket, place);
    Files.delete(socket.getParent());
  }
}

package io.dislog.it;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/**
 * What stands between one process and the system, so that its disk can fail and its wall clock be
 * off. It is compiled where there is a compiler of C; elsewhere it does nothing.
 */
final class Shim {

  private static final Path SOURCE = Path.of("src/test/c/shim.c").toAbsolutePath();

  private final Path library;
  private final Path control;
  private final boolean works;

  /**
   * Makes one.
   *
   * @param folder for its files
   */
  Shim(Path folder) throws IOException {
    library = folder.resolve("shim.so");
    control = folder.resolve("shim.control");
    Files.write(control, new byte[16]);
    works =
        Shell.succeeds("gcc", "-shared", "-fPIC", "-O2", "-o", "" + library, "" + SOURCE, "-ldl");
  }

  boolean works() {
    return works;
  }

  /**
   * The environment of the process that it is for.
   *
   * @param folder where its disk fails
   */
  Map<String, String> environment(Path folder) {
    return works
        ? Map.of(
            "LD_PRELOAD", library.toString(),
            "DISLOG_SHIM_CONTROL", control.toString(),
            "DISLOG_SHIM_FOLDER", folder.toString())
        : Map.of();
  }

  /** From now on the process finds its wall clock so far ahead. */
  void setClock(Duration ahead) throws IOException {
    write(0, ahead.toSeconds());
  }

  /** From now on every write and force of the process fails, or none. */
  void failDisk(boolean fails) throws IOException {
    write(8, fails ? 1 : 0);
  }

  private void write(long position, long number) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(0, number);
    try (FileChannel file = FileChannel.open(control, StandardOpenOption.WRITE)) {
      file.write(bytes, position);
    }
  }
}

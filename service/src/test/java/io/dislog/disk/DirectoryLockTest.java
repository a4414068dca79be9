package io.dislog.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes must not write to one data directory. */
final class DirectoryLockTest {

  @TempDir Path folder;

  @Test
  void namesThisProcessWhereThisProcessHasIt() throws IOException {
    try (DirectoryLock held = DirectoryLock.take(folder)) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> DirectoryLock.take(folder))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "the data directory %s is in use by process %d",
              folder, ProcessHandle.current().pid());
    }
  }

  @Test
  void isFreeAgainOnceItIsClosed() throws IOException {
    DirectoryLock.take(folder).close();

    try (DirectoryLock again = DirectoryLock.take(folder)) {
      assertThat(again).isNotNull();
    }
  }

  @Test
  void namesTheOtherProcessAndOutlivesItNot() throws Exception {
    Process other = holder();
    try (BufferedReader said = other.inputReader()) {
      assertThat(said.readLine()).isEqualTo("held");

      assertThatThrownBy(() -> DirectoryLock.take(folder))
          .hasMessageEndingWith("is in use by process " + other.pid());
    } finally {
      other.destroyForcibly().waitFor();
    }
    try (DirectoryLock freed = DirectoryLock.take(folder)) {
      assertThat(freed).isNotNull();
      assertThat(Files.readString(folder.resolve("lock")))
          .isEqualTo("process %d%n".formatted(ProcessHandle.current().pid()));
    }
  }

  private Process holder() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Holder.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** A process that holds the lock until it is killed. */
  static final class Holder {

    private Holder() {}

    @SuppressWarnings("SystemOut") // The process has nothing else to speak with.
    public static void main(String[] args) throws Exception {
      DirectoryLock held = DirectoryLock.take(Path.of(args[0]));
      System.out.println("held");
      Thread.currentThread().join();
      held.close();
    }
  }
}

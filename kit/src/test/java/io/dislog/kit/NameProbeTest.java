package io.dislog.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NameProbeTest {

  @Test
  void itSaysWhatTheFileOfNamesSays(@TempDir Path folder) throws IOException {
    Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.9 another.test\n");
    try (NameProbe probe = NameProbe.start(hosts, Program.class)) {
      assertThat(probe.address("another.test")).isEqualTo("127.0.0.9");
      assertThat(probe.address("none.test")).isEqualTo(NameProbe.UNKNOWN);
    }
  }

  static final class Program {

    private Program() {}

    public static void main(String[] arguments) throws IOException {
      NameProbe.answer();
    }
  }
}

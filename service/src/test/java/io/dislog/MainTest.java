package io.dislog;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.dislog.kit.NameProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that comes back elsewhere is found there. */
final class MainTest {

  private static final String NAME = "demo-0.demo-nodes.somewhere.svc";

  /** Less than what a JVM believes by itself. */
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  @TempDir Path folder;

  @Test
  void whatANameSaidIsNotBelievedForLong() throws IOException {
    Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.9 another\n");
    try (NameProbe probe = NameProbe.start(hosts, Program.class)) {
      assertThat(probe.address(NAME)).isEqualTo(NameProbe.UNKNOWN);
      for (String address : new String[] {"127.0.0.1", "127.0.0.2"}) {
        Files.writeString(hosts, address + " " + NAME + "\n");
        Await.until(
            "it has the address " + address, PATIENCE, () -> probe.address(NAME).equals(address));
      }
    }
  }

  /** Believes names as the program does. */
  static final class Program {

    private Program() {}

    public static void main(String[] arguments) throws IOException {
      Main.believeNamesBriefly();
      NameProbe.answer();
    }
  }
}

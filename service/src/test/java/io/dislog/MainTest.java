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

  private static final String DOMAIN = ".demo-nodes.somewhere.svc";

  /** Less than what a JVM believes by itself. */
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private static final int TRIES = 5;

  @TempDir Path folder;

  @Test
  void whatANameSaidIsNotBelievedForLong() throws IOException {
    Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.9 another\n");
    try (NameProbe probe = NameProbe.start(hosts, Program.class)) {
      assertThat(isSoonKnown(probe, hosts, true)).as("a name that was unknown").isTrue();
      assertThat(isSoonKnown(probe, hosts, false)).as("a name with another address").isTrue();
    }
  }

  /**
   * Whether a name's new address is known soon. Once is enough: the machine may be paused for as
   * long as that takes, or longer.
   *
   * @param first whether the name had none before
   */
  private static boolean isSoonKnown(NameProbe probe, Path hosts, boolean first)
      throws IOException {
    boolean soon = false;
    for (int tries = 0; tries < TRIES && !soon; tries++) {
      String name = "demo-" + (first ? tries : TRIES) + DOMAIN;
      String before = first ? NameProbe.UNKNOWN : "127.0.1." + tries;
      String after = "127.0.1." + (tries + 1);
      Files.writeString(hosts, first ? "127.0.0.9 another\n" : before + " " + name + "\n");
      Await.until("it is as it was", () -> probe.address(name).equals(before));
      Files.writeString(hosts, after + " " + name + "\n");
      soon = Await.holdsWithin(PATIENCE, () -> probe.address(name).equals(after));
    }
    return soon;
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

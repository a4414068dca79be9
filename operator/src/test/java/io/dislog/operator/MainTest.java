package io.dislog.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.dislog.kit.NameProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pod that comes back elsewhere is found there. */
final class MainTest {

  /** Less than what a JVM believes by itself. */
  private static final Duration BRIEF = Duration.ofSeconds(6);

  /** A machine that stands still makes one late, and not all of them. */
  private static final int ROUNDS = 5;

  @TempDir Path folder;

  @Test
  void whatANameSaidIsNotBelievedForLong() throws IOException {
    Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.9 another\n");
    try (NameProbe probe = NameProbe.start(hosts, Program.class)) {
      boolean isBrief = false;
      for (int round = 0; round < ROUNDS && !isBrief; round++) {
        isBrief =
            isBelievedBriefly(probe, hosts, "demo-%d.demo-nodes.somewhere.svc".formatted(round));
      }
      assertThat(isBrief).as("believed for less than %s in one round at least", BRIEF).isTrue();
    }
  }

  /** Whether each change of a name is seen so soon; it is waited for in any case. */
  private static boolean isBelievedBriefly(NameProbe probe, Path hosts, String name)
      throws IOException {
    assertThat(probe.address(name)).isEqualTo(NameProbe.UNKNOWN);
    boolean isBrief = true;
    for (String address : new String[] {"127.0.0.1", "127.0.0.2"}) {
      long begun = System.nanoTime();
      Files.writeString(hosts, address + " " + name + "\n");
      Await.until("it has the address " + address, () -> probe.address(name).equals(address));
      isBrief &= System.nanoTime() - begun < BRIEF.toNanos();
    }
    return isBrief;
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

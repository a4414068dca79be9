package io.dislog.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.bench.load.Run;
import io.dislog.bench.load.Span;
import io.dislog.kit.Artefact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a peer is started, measured and ended, with a program that only answers as one does. */
final class RedisTest {

  private static final Span SHORT = Span.of(Duration.ofMinutes(1)).atMost(100);

  @TempDir private Path folder;

  @Test
  void oneNodeIsStartedMeasuredAndGoneWithItsSite() throws IOException {
    List<ProcessHandle> processes;
    try (Site site = Site.at(folder.resolve("site"), 1);
        Running running = peer(Durability.FSYNC).start(site)) {
      processes = ProcessHandle.current().descendants().toList();
      assertThat(site.folder().resolve("data-n1")).isDirectory();
      assertThat(running.singles(4, SHORT).count()).isGreaterThanOrEqualTo(100);
      assertThat(running.batches(2, SHORT).count()).isGreaterThanOrEqualTo(100);
    }
    assertThat(processes).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    assertThat(folder.resolve("site")).doesNotExist();
  }

  @Test
  void threeNodesAreMeasuredOnceTheReplicasAreThere() throws IOException {
    try (Site site = Site.at(folder.resolve("site"), 3);
        Running running = peer(Durability.FSYNC).start(site)) {
      Run run = running.singles(4, SHORT);
      assertThat(run.count()).isGreaterThanOrEqualTo(100);
    }
  }

  @Test
  void aProgramThatEndsAtItsStartIsToldOfWithWhatItSaid() throws IOException {
    Redis failing = new Redis(program("echo there is no memory; exit 3"), Durability.DEFAULT);
    try (Site site = Site.at(folder.resolve("site"), 1)) {
      assertThatThrownBy(() -> failing.start(site))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("ended with code 3")
          .hasMessageContaining("there is no memory");
    }
    assertThat(folder.resolve("site")).doesNotExist();
  }

  @Test
  void aProgramThatIsNotThereIsToldOfInOneLine() throws IOException {
    Redis absent =
        new Redis(new Program.Absent("", "there is no redis-server here"), Durability.FSYNC);
    try (Site site = Site.at(folder.resolve("site"), 1)) {
      assertThatThrownBy(() -> absent.start(site)).hasMessage("there is no redis-server here");
    }
  }

  private Redis peer(Durability durability) throws IOException {
    return new Redis(
        program(
            "exec %s -XX:TieredStopAtLevel=1 -cp %s %s \"$@\""
                .formatted(
                    Artefact.java(),
                    System.getProperty("java.class.path"),
                    FakeRedis.class.getName())),
        durability);
  }

  private Program program(String script) throws IOException {
    Path path = Files.writeString(folder.resolve("redis-server"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    return new Program.Present(path, "0");
  }
}

package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.FreePort;
import io.dislog.siege.Besieged;
import io.dislog.siege.Plan;
import io.dislog.siege.Siege;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whoever attacks the service takes it from nobody, though it has little memory and few files. */
final class SiegeIT {

  private static final String ASKED = "siege.attacks";
  private static final List<String> FEW_DESCRIPTORS =
      List.of("sh", "-c", "ulimit -n 1024; exec \"$@\"", "sh");
  private static final int LAST_LINES = 3;

  /** As the JVM chooses by itself in a container of 512 MiB, of which this is the half. */
  private static final List<String> SMALL_HEAP = List.of("-Xmx256m", "-XX:+UseSerialGC");

  @RegisterExtension final Services services = new Services();

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  @DisabledIfSystemProperty(named = ASKED, matches = ".+")
  void nobodyIsShutOut(@TempDir Path folder) throws Exception {
    besiege(Plan.shortened(), folder);
  }

  /** By {@code ./dislog siege}. */
  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  @EnabledIfSystemProperty(named = ASKED, matches = ".+")
  void asIsAsked(@TempDir Path folder) throws Exception {
    String names = System.getProperty(ASKED, "all");
    besiege(Plan.full(names.equals("all") ? "" : names), folder);
  }

  private void besiege(Plan plan, Path folder) throws Exception {
    Fortress fortress =
        new Fortress(
            services
                .in(folder)
                .within(FEW_DESCRIPTORS)
                .jvm(SMALL_HEAP.getFirst())
                .jvm(SMALL_HEAP.getLast()),
            FreePort.next(),
            FreePort.next());
    fortress.restart();
    assertThat(new Siege(fortress, System.out).run(plan)).isEmpty();
  }

  /**
   * The service's process, as those see it who besiege it; on the same ports whenever it starts.
   */
  private record Fortress(DislogProcess service, int port, int managementPort) implements Besieged {

    Fortress {
      service
          .with("quarkus.http.port", Integer.toString(port))
          .with("quarkus.management.port", Integer.toString(managementPort));
    }

    @Override
    public long pid() {
      return service.pid();
    }

    @Override
    public boolean isAlive() {
      return service.isAlive();
    }

    @Override
    public long printedBytes() {
      return service.outputBytes();
    }

    @Override
    public String lastWords() {
      List<String> lines = service.output().lines().toList();
      return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()).stream()
          .collect(Collectors.joining(" | ", "code " + service.exitCode() + ": ", ""));
    }

    @Override
    public void restart() throws Exception {
      service.start();
    }
  }
}

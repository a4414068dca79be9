package io.dislog.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.disk.Fault.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the disk does: what was acknowledged is there, once, as it was. */
final class CrashTest {

  private static final int OPERATIONS = 500;
  private static final Logger LOGGER = Logger.getLogger("io.dislog");

  /** Changes every run: {@code -Ddislog.tests.seed=…}. */
  private static final long SEED = Long.getLong("dislog.tests.seed", 0);

  @BeforeAll
  static void keepQuietAboutFaults() {
    LOGGER.setLevel(Level.OFF);
  }

  @AfterAll
  static void speakAgain() {
    LOGGER.setLevel(null);
  }

  @ParameterizedTest
  @EnumSource
  void nothingAcknowledgedIsLostWhereLogsForce(Kind kind) {
    assertThat(faultAtEachOperation(kind, false)).isEmpty();
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource
  void whatWasForcedIsKeptWhereLogsBufferNowAndThen(Kind kind) {
    assertThat(faultAtEachOperation(kind, true)).isEmpty();
  }

  private static List<String> faultAtEachOperation(Kind kind, boolean buffers) {
    List<String> failures = new ArrayList<>();
    for (int at = 1; at <= OPERATIONS; at++) {
      long seed = SEED * 10_000 + 1000L * List.of(Kind.values()).indexOf(kind) + at;
      CrashRun run = new CrashRun(seed, buffers);
      try {
        run.run(kind, at);
      } catch (IOException | RuntimeException | AssertionError e) {
        failures.add(
            "seed %d, %s at operation %d: %s%nthe disk's last operations:%n%s"
                .formatted(seed, kind, at, e, run.history()));
      }
    }
    return failures;
  }
}

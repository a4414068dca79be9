package io.dislog.commit;

import static io.dislog.commit.LocalLogs.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.dislog.command.Rejection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever lies in a data directory: the logs beside it are served, and nothing else is touched.
 */
final class StrangeFilesTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Logger LOGGER = Logger.getLogger("io.dislog");
  private static final String SEGMENT = "logs/bad/00000000000000000000";

  @TempDir Path folder;

  @BeforeAll
  static void keepQuiet() {
    LOGGER.setLevel(Level.OFF);
  }

  @AfterAll
  static void speakAgain() {
    LOGGER.setLevel(null);
  }

  @ParameterizedTest
  @EnumSource
  void whatHasNoNameOfDislogsIsLeftAlone(Oddity oddity) {
    for (String place :
        new String[] {
          "lost+found", "logs/.bad.swp", "logs/Bad~", "logs/bad/.store.swp", "defaults/x~"
        }) {
      Path data = with(oddity, place);
      serves(data, logs -> assertThat(readAll(logs.commit().log("bad"))).containsExactly("bad"));
      assertThat(there(data.resolve(place))).as(place).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsInTheTrashGoesAndNothingThatItLeadsTo(Oddity oddity) {
    Path data = with(oddity, "trash/left");
    serves(data, logs -> assertThat(readAll(logs.commit().log("bad"))).containsExactly("bad"));
    assertThat(there(data.resolve("trash/left"))).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void whatStandsWhereALogShouldIsNamedAndCanBeDeleted(Oddity oddity) {
    Path data = with(oddity, "logs/other");
    serves(
        data,
        logs -> {
          assertThat(rejection(logs, "other")).contains("logs/other").contains("expected");
          LocalLogs.await(logs.commit().delete("other").toCompletableFuture());
          logs.create("other", Map.of());
          logs.append("other", "new");
        });
  }

  @ParameterizedTest
  @EnumSource
  void whatStandsWhereALogsFileShouldIsNamedAndTheOtherLogsAreServed(Oddity oddity) {
    for (String file :
        new String[] {
          "logs/bad/state-0.journal",
          "logs/bad/state-1.journal",
          SEGMENT + ".store",
          SEGMENT + ".index"
        }) {
      Path data = with(oddity, file);
      serves(data, logs -> namesOrServes(logs, file));
    }
  }

  /** What is a file may be one that a crash left, and is then made anew. */
  private static void namesOrServes(LocalLogs logs, String file) throws IOException {
    Throwable refused = catchThrowable(() -> logs.commit().log("bad"));
    if (refused != null) {
      assertThat(rejection(logs, "bad")).contains("logs/bad/").contains("expected");
    } else if (logs.commit().log("bad").failure() != null) {
      assertThat(logs.commit().log("bad").failure()).contains("expected");
    } else {
      assertThat(readAll(logs.commit().log("bad"))).as(file).containsExactly("bad");
    }
  }

  /** Two logs that were closed well, and then something strange. */
  private Path with(Oddity oddity, String place) {
    try {
      Path data = folder.resolve(place.replace('/', '_')).resolve("data");
      Path outside = Files.createDirectories(data.resolveSibling("outside"));
      Files.writeString(outside.resolve(Oddity.KEPT), Oddity.KEPT);
      try (LocalLogs logs = LocalLogs.in(data)) {
        logs.create("good", Map.of());
        logs.append("good", "good");
        logs.create("bad", Map.of());
        logs.append("bad", "bad");
      }
      oddity.put(data.resolve(place), outside);
      return data;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static void serves(Path data, Check check) {
    assertTimeoutPreemptively(
        SOON,
        () -> {
          try (LocalLogs logs = LocalLogs.in(data)) {
            logs.append("good", "more");
            assertThat(readAll(logs.commit().log("good"))).containsExactly("good", "more");
            check.of(logs);
          }
        });
    Path outside = data.resolveSibling("outside");
    assertThat(outside.resolve(Oddity.KEPT)).hasContent(Oddity.KEPT);
    assertThat(outside).isDirectoryNotContaining(file -> !file.endsWith(Oddity.KEPT));
  }

  /** Why a log is refused, which says nothing of where the data directory is. */
  private static String rejection(LocalLogs logs, String name) {
    Throwable refused = catchThrowable(() -> logs.commit().log(name));
    assertThat(refused).isInstanceOf(Rejection.LogUnavailable.class);
    assertThat(refused.getMessage()).doesNotContain("/data");
    return String.valueOf(refused.getMessage());
  }

  private static boolean there(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  private interface Check {
    void of(LocalLogs logs) throws IOException;
  }
}

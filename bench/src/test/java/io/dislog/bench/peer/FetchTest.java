package io.dislog.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FetchTest {

  @TempDir private Path folder;

  private final List<String> said = new ArrayList<>();
  private Path cache;

  @BeforeEach
  void place() {
    cache = folder.resolve("cache");
  }

  @Test
  void whatIsNotThereIsFetchedOnceAndSaidInOneLine() throws IOException {
    assertThat(fetched("echo content > \"$0/server\"").path().resolve("server"))
        .hasContent("content");
    assertThat(said)
        .containsExactly("fetching server 1.2 by sh into " + cache.resolve("server-1.2"));
    assertThat(fetched("exit 1").path()).isEqualTo(cache.resolve("server-1.2"));
    assertThat(said).hasSize(1);
  }

  @Test
  void whatCanNotBeFetchedSaysWhyAndLeavesNothing() throws IOException {
    Program program = fetched("touch \"$0/half\"; echo first; echo there is no network; exit 1");
    assertThat(program)
        .isEqualTo(new Program.Absent("1.2", "it can't be fetched: there is no network"));
    assertEmpty();
    assertThat(fetched("touch \"$0/server\"")).isInstanceOf(Program.Present.class);
  }

  @Test
  void aClientThatIsNotInstalledIsToldOf() throws IOException {
    Program program =
        new Fetch(cache, said::add)
            .program("server", "1.2", "nobody", part -> new ProcessBuilder("no-such-client"));
    assertThat(program)
        .isInstanceOfSatisfying(
            Program.Absent.class, absent -> assertThat(absent.why()).contains("no-such-client"));
    assertEmpty();
  }

  private void assertEmpty() throws IOException {
    try (Stream<Path> left = Files.list(cache)) {
      assertThat(left).isEmpty();
    }
  }

  private Program fetched(String script) {
    return new Fetch(cache, said::add)
        .program(
            "server", "1.2", "sh", part -> new ProcessBuilder("sh", "-c", script, part.toString()));
  }
}

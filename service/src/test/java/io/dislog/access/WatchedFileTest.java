package io.dislog.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are read again when they change. */
final class WatchedFileTest {

  /** The word "abc". */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  /** Nothing. */
  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @TempDir Path folder;

  @Test
  void aChangeIsSeenThoughTimeAndSizeStay() throws IOException {
    Path file = Files.writeString(folder.resolve("tokens"), "till " + ABC);
    FileTime time = Files.getLastModifiedTime(file);
    WatchedFile<Tokens> tokens = watch(file);
    assertThat(owner(tokens)).isEqualTo("token:till");
    assertThat(tokens.look()).isFalse();
    Files.writeString(file, "bank " + ABC);
    Files.setLastModifiedTime(file, time);
    assertThat(tokens.look()).isTrue();
    assertThat(owner(tokens)).isEqualTo("token:bank");
  }

  @Test
  void whatCantBeReadAtTheStartSaysNothing() throws IOException {
    Path file = folder.resolve("tokens");
    WatchedFile<Tokens> tokens = watch(file);
    assertThat(tokens.flaw()).isEqualTo("there is no such file");
    assertThat(owner(tokens)).isEqualTo("null");
    Files.writeString(file, "till " + ABC);
    assertThat(tokens.look()).isTrue();
    assertThat(tokens.flaw()).isNull();
    assertThat(owner(tokens)).isEqualTo("token:till");
  }

  @Test
  void whatCantBeReadLaterLeavesInForceWhatWasThere() throws IOException {
    Path file = Files.writeString(folder.resolve("tokens"), "till " + ABC);
    WatchedFile<Tokens> tokens = watch(file);
    for (String flawed : new String[] {"till", "till x", "till " + ABC + " more", "# \nx y"}) {
      Files.writeString(file, flawed);
      tokens.look();
      assertThat(tokens.flaw()).as(flawed).contains("is not a name and a SHA-256");
      assertThat(tokens.look()).isFalse();
      assertThat(owner(tokens)).isEqualTo("token:till");
    }
    Files.write(file, new byte[] {(byte) 0xFF});
    assertThat(tokens.look()).isTrue();
    assertThat(tokens.flaw()).isEqualTo("it is not UTF-8");
    Files.delete(file);
    assertThat(tokens.look()).isTrue();
    assertThat(owner(tokens)).isEqualTo("token:till");
    Files.writeString(file, "till " + ABC);
    assertThat(tokens.look()).isTrue();
    assertThat(tokens.flaw()).isNull();
  }

  @Test
  void aFolderAndWhatHasNoEndAreNoFiles() {
    assertThat(watch(folder).flaw()).startsWith("it can't be read");
    assertThat(watch(Path.of("/dev/zero")).flaw()).contains("larger");
  }

  @Test
  void aNameMayHaveSeveralTokensAndATokenOneName() {
    Tokens two = Tokens.parse("# till's\n\ntill %s\r\n till  %s \n".formatted(ABC, upper(EMPTY)));
    assertThat(two.owner("abc")).isEqualTo(two.owner("")).isNotNull();
    assertThat(two.owner("abcd")).isNull();
    assertThat(two.owner(ABC)).isNull();
    assertThat(watch(write("a %s\nb %s".formatted(ABC, ABC))).flaw())
        .isEqualTo("line 2 has another name's token");
  }

  private Path write(String text) {
    try {
      return Files.writeString(folder.resolve("file"), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String upper(String text) {
    return text.toUpperCase(java.util.Locale.ROOT);
  }

  private static String owner(WatchedFile<Tokens> tokens) {
    Principal owner = tokens.content().owner("abc");
    return owner == null ? "null" : owner.name();
  }

  private static WatchedFile<Tokens> watch(Path file) {
    return new WatchedFile<>(file, Tokens::parse, Tokens.NONE);
  }
}

package io.dislog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That the glossary names types that are there. */
final class GlossaryTest {

  /** A type with its packages, as the last column has it. */
  private static final Pattern TYPE = Pattern.compile("`([a-z.]+\\.[A-Z][A-Za-z.]+)`");

  @Test
  void everyTypeIsThere() throws IOException {
    List<String> types;
    try (Stream<String> lines = Files.lines(Path.of("../docs/glossary.md"))) {
      types =
          lines
              .filter(line -> line.startsWith("|"))
              .map(line -> line.substring(line.lastIndexOf('|', line.length() - 2)))
              .flatMap(cell -> TYPE.matcher(cell).results().map(found -> found.group(1)))
              .toList();
    }
    assertThat(types).hasSizeGreaterThan(30).allMatch(GlossaryTest::isThere);
  }

  /** A nested type is in the file of the one around it. */
  private static boolean isThere(String type) {
    MatchResult outer =
        Pattern.compile("^[a-z.]+\\.[A-Z][A-Za-z]+")
            .matcher(type)
            .results()
            .findFirst()
            .orElseThrow();
    String file = "src/main/java/io/dislog/%s.java".formatted(outer.group().replace('.', '/'));
    return Stream.of("", "../api", "../operator")
        .anyMatch(module -> Files.exists(Path.of(module, file)));
  }
}

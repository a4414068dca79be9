package io.dislog.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That Jackson can look into the types of the API in a native executable, too. */
final class NativeMetadataTest {

  private static final Path CLASSES = Path.of("target/classes");

  private static final Path METADATA =
      CLASSES.resolve("META-INF/native-image/io.dislog/dislog-api/reflect-config.json");

  @Test
  void theCompilerOfNativeExecutablesIsToldOfEachTypeThatIsReadOrWritten() throws IOException {
    List<String> told = new ArrayList<>();
    for (JsonNode type : new JsonMapper().readTree(METADATA.toFile())) {
      told.add(type.path("name").textValue());
      assertThat(type.path("allDeclaredConstructors").booleanValue()).isTrue();
      assertThat(type.path("allDeclaredMethods").booleanValue()).isTrue();
      assertThat(type.path("allDeclaredFields").booleanValue()).isTrue();
    }
    try (Stream<Path> files = Files.walk(CLASSES)) {
      List<String> types =
          files
              .map(file -> CLASSES.relativize(file).toString())
              .filter(file -> file.endsWith(".class"))
              .map(file -> file.replace(".class", "").replace('/', '.'))
              .filter(NativeMetadataTest::isSaid)
              .sorted()
              .toList();
      assertThat(told).isSorted().containsExactlyElementsOf(types).hasSizeGreaterThan(5);
    }
  }

  /** Records, and what is written as one word. */
  private static boolean isSaid(String name) {
    try {
      Class<?> type = Class.forName(name);
      return type.isRecord()
          || Stream.of(type.getMethods())
              .anyMatch(method -> method.isAnnotationPresent(JsonValue.class));
    } catch (ClassNotFoundException e) {
      throw new AssertionError(name, e);
    }
  }
}

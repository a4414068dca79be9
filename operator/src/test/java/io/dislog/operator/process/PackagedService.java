package io.dislog.operator.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The service as it was packaged last, which must be what its sources say. */
final class PackagedService {

  private static final Path MODULE = Path.of("..", "service").toAbsolutePath().normalize();
  private static final Path APP = MODULE.resolve("target/quarkus-app");
  private static final Path JAR = APP.resolve("quarkus-run.jar");

  private PackagedService() {}

  /** What starts it with those system properties. */
  static List<String> command(List<String> properties) throws IOException {
    checkCurrent();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + MODULE.resolve("jvm.options"));
    command.add("-XX:AOTCache=" + APP.resolve("dislog.aot"));
    command.add("-Xmx256m");
    command.addAll(properties);
    command.add("-jar");
    command.add(JAR.toString());
    return command;
  }

  /** A test of yesterday's service would say nothing of today's. */
  private static void checkCurrent() throws IOException {
    String how = "the packaged service is up to date: ./mvnw -pl service -Dmaven.test.skip package";
    assertThat(JAR).as(how).exists();
    FileTime packaged = Files.getLastModifiedTime(JAR);
    try (Stream<Path> sources = Files.walk(MODULE.resolve("src/main"))) {
      for (Path source : sources.toList()) {
        assertThat(Files.getLastModifiedTime(source)).as(how).isLessThanOrEqualTo(packaged);
      }
    }
  }
}

package io.dislog.operator.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What starts a module as it was packaged last, which must be what its sources say. Stateless. */
final class Packaged {

  private static final String APP = "target/quarkus-app";

  private Packaged() {}

  /** What starts the service with those system properties. */
  static List<String> service(List<String> properties) throws IOException {
    Path module = module("service");
    List<String> options = new ArrayList<>();
    options.add("@" + module.resolve("jvm.options"));
    options.add("-XX:AOTCache=" + module.resolve(APP).resolve("dislog.aot"));
    options.addAll(properties);
    return command(module, options);
  }

  /** What starts the operator with those system properties. */
  static List<String> operator(List<String> properties) throws IOException {
    return command(module("operator"), properties);
  }

  private static List<String> command(Path module, List<String> options) throws IOException {
    Path jar = module.resolve(APP).resolve("quarkus-run.jar");
    checkCurrent(module, jar);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.addAll(options);
    command.add("-jar");
    command.add(jar.toString());
    return command;
  }

  /** A test of yesterday's sources would say nothing of today's. */
  private static void checkCurrent(Path module, Path jar) throws IOException {
    String how =
        "what is packaged is up to date: ./mvnw -pl %s -Dmaven.test.skip package"
            .formatted(module.getFileName());
    assertThat(jar).as(how).exists();
    FileTime packaged = Files.getLastModifiedTime(jar);
    try (Stream<Path> sources = Files.walk(module.resolve("src/main"))) {
      for (Path source : sources.toList()) {
        assertThat(Files.getLastModifiedTime(source)).as(how).isLessThanOrEqualTo(packaged);
      }
    }
  }

  private static Path module(String name) {
    return Path.of("..", name).toAbsolutePath().normalize();
  }
}

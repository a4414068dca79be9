package io.dislog.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What was built and can be started: a packaged application or a native executable.
 *
 * @param program what is started
 * @param before of a command, what stands before the settings
 * @param after of a command, what stands behind the settings: what stands behind a jar is no
 *     business of the JVM
 */
public record Artefact(Path program, List<String> before, List<String> after) {

  /**
   * What is built at a path, with the {@code jvm.options} beside it or beside its target folder.
   *
   * @param path of a native executable, of quarkus-run.jar, or of the folder that it is in
   * @throws IOException if there is no such file
   */
  public static Artefact at(Path path) throws IOException {
    Path program =
        (Files.isDirectory(path) ? path.resolve("quarkus-run.jar") : path)
            .toAbsolutePath()
            .normalize();
    if (!Files.isRegularFile(program)) {
      throw new IOException("there is nothing to start at " + path);
    }
    if (!program.toString().endsWith(".jar")) {
      return new Artefact(program, List.of(program.toString()), List.of());
    }
    for (String options : List.of("jvm.options", "../../jvm.options")) {
      Path file = program.resolveSibling(options).normalize();
      if (Files.exists(file)) {
        return jar(program, List.of("@" + file));
      }
    }
    return jar(program, List.of());
  }

  /**
   * A jar.
   *
   * @param options for its JVM, which those of a command follow
   */
  public static Artefact jar(Path jar, List<String> options) {
    return new Artefact(jar, joined(List.of(java()), options), List.of("-jar", jar.toString()));
  }

  /**
   * The command that starts it.
   *
   * @param options as {@code -Dname=value}; of two for one name the last one holds
   */
  public List<String> command(List<String> options) {
    return joined(before, options, after);
  }

  /** The same as {@code ./dislog run} has it: with the AOT cache for such a node. */
  public List<String> commandWithCache(List<String> options) {
    if (after.isEmpty()) {
      return command(options);
    }
    boolean replicates = options.contains(Member.REPLICATES);
    Path cache = program.resolveSibling(replicates ? "dislog-raft.aot" : "dislog.aot");
    return command(joined(List.of("-XX:AOTCache=" + cache), options));
  }

  /** The program that runs this. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  @SafeVarargs
  private static List<String> joined(List<String>... parts) {
    List<String> all = new ArrayList<>();
    for (List<String> part : parts) {
      all.addAll(part);
    }
    return List.copyOf(all);
  }
}

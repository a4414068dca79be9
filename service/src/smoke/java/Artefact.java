import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What was built and can be started: a packaged application or a native executable. */
record Artefact(List<String> command, boolean isNative) {

  /**
   * @param path of a native executable, of quarkus-run.jar, or of the folder that it is in
   */
  static Artefact at(Path path) throws IOException {
    Path jar = Files.isDirectory(path) ? path.resolve("quarkus-run.jar") : path;
    if (!Files.isRegularFile(jar)) {
      throw new IOException("there is nothing to start at " + path);
    }
    if (!jar.toString().endsWith(".jar")) {
      return new Artefact(List.of(jar.toAbsolutePath().toString()), true);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Path folder = jar.toAbsolutePath().normalize().getParent();
    for (Path options :
        List.of(folder.resolve("jvm.options"), folder.resolve("../../jvm.options"))) {
      if (Files.exists(options)) {
        command.add("@" + options.normalize());
        break;
      }
    }
    command.add("-jar");
    command.add(jar.toAbsolutePath().toString());
    return new Artefact(command, false);
  }

  /** The command that starts it with settings. */
  List<String> with(List<String> settings) {
    List<String> with = new ArrayList<>(command);
    // Before -jar: what stands behind the jar is no business of the JVM.
    with.addAll(isNative ? with.size() : with.size() - 2, settings);
    return with;
  }
}

package io.dislog.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The versions that the project names. Stateless. */
final class Pins {

  private Pins() {}

  /**
   * A version among the properties of the root pom.
   *
   * @param name of what it is the version of
   */
  static String ofPom(Path project, String name) throws IOException {
    return find(project.resolve("pom.xml"), "<%s.version>([^<]+)<".formatted(Pattern.quote(name)));
  }

  /**
   * A version that a module of Go requires, without its v.
   *
   * @param path of the module that is required
   */
  static String ofGo(Path module, String path) throws IOException {
    return find(module.resolve("go.mod"), Pattern.quote(path) + " v(\\S+)");
  }

  private static String find(Path file, String pattern) throws IOException {
    Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(file));
    if (!matcher.find()) {
      throw new IOException("%s has no %s".formatted(file, pattern));
    }
    return matcher.group(1);
  }
}

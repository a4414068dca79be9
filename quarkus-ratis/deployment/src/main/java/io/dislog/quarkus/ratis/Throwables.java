package io.dislog.quarkus.ratis;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

/** Which classes can be thrown, by an index and what the JDK has. Immutable. */
final class Throwables {

  private final IndexView index;
  private final Set<String> ofJdk;

  Throwables(IndexView index) throws IOException {
    this.index = index;
    this.ofJdk = publicOnesOfJdk();
  }

  List<String> ofJdk() {
    return ofJdk.stream().sorted().toList();
  }

  List<String> among(Collection<ClassInfo> classes) {
    return classes.stream()
        .map(ClassInfo::name)
        .filter(this::isThrowable)
        .map(DotName::toString)
        .sorted()
        .toList();
  }

  private boolean isThrowable(DotName name) {
    ClassInfo known = index.getClassByName(name);
    if (known == null) {
      return ofJdk.contains(name.toString());
    }
    return known.superName() != null && isThrowable(known.superName());
  }

  private static Set<String> publicOnesOfJdk() throws IOException {
    Path module = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", "java.base");
    try (Stream<Path> files = Files.walk(module.resolve("java"))) {
      return files
          .map(file -> module.relativize(file).toString())
          .filter(file -> file.matches(".*(Exception|Error|Throwable)\\.class"))
          .map(file -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
          .filter(Throwables::isPublic)
          .collect(Collectors.toSet());
    }
  }

  private static boolean isPublic(String name) {
    try {
      Class<?> type = Class.forName(name, false, null);
      return Modifier.isPublic(type.getModifiers()) && Throwable.class.isAssignableFrom(type);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(name + " is there, and isn't found", e);
    }
  }
}

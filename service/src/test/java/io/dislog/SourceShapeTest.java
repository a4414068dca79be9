package io.dislog;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * How long files, without their imports, and methods may get. The limits are lowered where they can
 * be, and never raised.
 */
final class SourceShapeTest {
  private static final int FILE_LINES = 292;
  private static final int METHOD_LINES = 60;

  @Test
  void filesStayShort() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path source : sources()) {
      try (Stream<String> lines = Files.lines(source)) {
        long read = lines.filter(line -> !line.startsWith("import ")).count();
        report(source.toString(), read, FILE_LINES, tooLong);
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void methodsStayShort() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> tooLong = new ArrayList<>();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var units = files.getJavaFileObjectsFromPaths(sources());
      JavacTask parser = (JavacTask) compiler.getTask(null, files, null, null, null, units);
      SourcePositions positions = Trees.instance(parser).getSourcePositions();
      for (CompilationUnitTree unit : parser.parse()) {
        new MethodLengths(unit, positions, tooLong).scan(unit, null);
      }
    }
    assertThat(tooLong).isEmpty();
  }

  /** Of all modules, not of this one alone. */
  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> folders = Files.find(Path.of(".."), 3, SourceShapeTest::isOfAModule)) {
      for (Path folder : folders.toList()) {
        addSources(folder, sources);
      }
    }
    return sources;
  }

  private static boolean isOfAModule(Path folder, BasicFileAttributes attributes) {
    return folder.endsWith("src") && Files.exists(folder.resolveSibling("pom.xml"));
  }

  private static void addSources(Path folder, List<Path> sources) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.filter(path -> path.toString().endsWith(".java")).sorted().forEach(sources::add);
    }
  }

  private static void report(String what, long lines, int limit, List<String> tooLong) {
    if (lines > limit) {
      tooLong.add("%s has %d lines, more than %d".formatted(what, lines, limit));
    }
  }

  private static final class MethodLengths extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> tooLong;

    MethodLengths(CompilationUnitTree unit, SourcePositions positions, List<String> tooLong) {
      this.unit = unit;
      this.positions = positions;
      this.tooLong = tooLong;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      long lines =
          line(positions.getEndPosition(unit, method))
              - line(positions.getStartPosition(unit, method))
              + 1;
      String name = unit.getSourceFile().getName() + ", " + method.getName();
      report(name, lines, METHOD_LINES, tooLong);
      return super.visitMethod(method, null);
    }

    private long line(long position) {
      return unit.getLineMap().getLineNumber(position);
    }
  }
}

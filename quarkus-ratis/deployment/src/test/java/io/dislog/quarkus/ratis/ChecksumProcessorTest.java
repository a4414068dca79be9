package io.dislog.quarkus.ratis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.ratis.server.raftlog.segmented.SegmentedRaftLog;
import org.apache.ratis.util.PureJavaCrc32C;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/** Another release of Ratis may compute its checksums elsewhere, or otherwise. */
final class ChecksumProcessorTest {

  @Test
  void nothingElseOfRatisServerHasChecksums() throws Exception {
    URI jar = SegmentedRaftLog.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    try (FileSystem content = FileSystems.newFileSystem(Path.of(jar));
        Stream<Path> files = Files.walk(content.getPath("/org"))) {
      List<String> users =
          files
              .filter(file -> file.toString().endsWith(".class"))
              .filter(file -> names(read(file)))
              .map(file -> file.toString().substring(1).replace('/', '.').replace(".class", ""))
              .toList();
      assertThat(users).containsExactlyInAnyOrderElementsOf(ChecksumProcessor.USERS);
    }
  }

  @Test
  void whoUsesTheSlowOnesUsesTheFastOnesThen() throws IOException {
    for (String user : ChecksumProcessor.USERS) {
      try (InputStream content =
          requireNonNull(
              SegmentedRaftLog.class.getResourceAsStream(
                  "/" + user.replace('.', '/') + ".class"))) {
        ClassWriter written = new ClassWriter(0);
        new ClassReader(content).accept(ChecksumProcessor.withFast(written), 0);
        assertThat(names(written.toByteArray())).as(user).isFalse();
      }
    }
  }

  /** Whatever Ratis calls of its own there has to be in the JDK's, and to come out the same. */
  @Test
  void theFastOnesAreTheSame() {
    assertThat(signatures(CRC32C.class)).containsAll(signatures(PureJavaCrc32C.class));
    Random random = new Random(1);
    for (int size : new int[] {0, 1, 7, 8, 1000, 70_001}) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      PureJavaCrc32C slow = new PureJavaCrc32C();
      CRC32C fast = new CRC32C();
      slow.update(ByteBuffer.wrap(bytes));
      fast.update(ByteBuffer.wrap(bytes));
      assertThat(fast.getValue()).as("of %d bytes", size).isEqualTo(slow.getValue());
    }
  }

  private static List<String> signatures(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getDeclaringClass() != Object.class)
        .map(ChecksumProcessorTest::signature)
        .toList();
  }

  private static String signature(Method method) {
    return method.getReturnType()
        + " "
        + method.getName()
        + Arrays.toString(method.getParameterTypes());
  }

  private static boolean names(byte[] type) {
    return new String(type, ISO_8859_1).contains(ChecksumProcessor.SLOW);
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

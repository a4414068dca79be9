package io.dislog.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many files, few descriptors. */
final class FileCacheTest {

  private static final Path A = Path.of("/a");
  private static final Path B = Path.of("/b");

  @TempDir Path folder;

  @Test
  void manyFilesShareFewDescriptorsAndKeepTheirBytes() throws IOException {
    ScarceDisk disk = new ScarceDisk(new LocalDisk(), 8);
    FileCache cache = disk.cached(8);
    List<DiskFile> files = new ArrayList<>();
    long[] numbers = new long[200];
    for (int i = 0; i < numbers.length; i++) {
      files.add(cache.create(folder.resolve("file-" + i)));
      write(files.get(i), 0);
    }
    Random random = new Random(1);
    for (int step = 0; step < 5_000; step++) {
      int i = random.nextInt(numbers.length);
      assertThat(number(files.get(i))).as("file %d at step %d", i, step).isEqualTo(numbers[i]);
      numbers[i] = random.nextLong();
      write(files.get(i), numbers[i]);
      assertThat(cache.size()).isLessThanOrEqualTo(8);
    }
    assertThat(disk.most()).isEqualTo(8);
    for (DiskFile file : files) {
      file.close();
    }
    assertThat(cache.size()).isZero();
  }

  @Test
  void manyThreadsUseMoreFilesThanThereAreDescriptors() throws Exception {
    FileCache cache = new FileCache(new ScarceDisk(new LocalDisk(), 12), 4, Duration.ofMinutes(1));
    List<DiskFile> files = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      files.add(cache.create(folder.resolve("file-" + i)));
      write(files.get(i), i);
    }
    List<Future<?>> readings = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int thread = 0; thread < 8; thread++) {
        Random random = new Random(thread);
        readings.add(
            threads.submit(() -> {
              for (int step = 0; step < 2_000; step++) {
                int i = random.nextInt(files.size());
                assertThat(number(files.get(i))).isEqualTo(i);
              }
              return null;
            }));
      }
    }
    for (Future<?> reading : readings) {
      reading.get();
    }
  }

  @Test
  void aForceThatFailsWhereADescriptorIsGivenUpIsNotForgotten() throws IOException {
    FaultyDisk disk = new FaultyDisk(1);
    FileCache cache = new FileCache(disk, 1);
    DiskFile a = cache.create(A);
    write(a, 7);
    disk.plan(Fault.of(Fault.Kind.FAIL, disk.operations() + 1));

    cache.create(B).close();

    assertThat(disk.faultsLeft()).isZero();
    assertThatThrownBy(a::force).isInstanceOf(IOException.class).hasMessageContaining("force");
    assertThatThrownBy(() -> write(a, 8)).hasMessageContaining("force failed before");
    assertThatThrownBy(() -> a.truncate(0)).hasMessageContaining("force failed before");
    try (DiskFile again = cache.openForReading(A)) {
      assertThatThrownBy(again::force).hasMessageContaining("force");
    }
    assertThat(number(a)).isEqualTo(7);
  }

  @Test
  void whatWasWrittenIsForcedBeforeTheDescriptorIsGivenUp() throws IOException {
    FaultyDisk disk = new FaultyDisk(1);
    FileCache cache = new FileCache(disk, 1);
    DiskFile a = cache.create(A);
    write(a, 7);
    disk.forceFolder(Path.of("/"));

    cache.create(B).close();

    FaultyDisk after = disk.afterPowerCut();
    assertThat(ByteBuffer.wrap(after.content(A)).getLong()).isEqualTo(7);
  }

  @Test
  void whatIsHeldKeepsItsDescriptorAndWhoFindsNoneIsRefused() throws IOException {
    ScarceDisk disk = new ScarceDisk(new FaultyDisk(1), 2);
    FileCache cache = disk.cached(2);
    DiskFile a = cache.create(A);
    DiskFile b = cache.create(B);
    DiskFile c = cache.create(Path.of("/c"));
    a.hold();
    b.hold();

    assertThatThrownBy(c::hold).isInstanceOf(TooManyFilesException.class);
    assertThatThrownBy(() -> write(c, 1)).isInstanceOf(TooManyFilesException.class);
    write(a, 1);

    a.letGo();
    c.hold();
    write(c, 3);
    assertThat(number(c)).isEqualTo(3);
  }

  @Test
  void aFileThatWasClosedIsUsedNoMore() throws IOException {
    FileCache cache = new FileCache(new FaultyDisk(1), 2);
    DiskFile a = cache.create(A);
    a.close();

    assertThatThrownBy(() -> number(a)).isInstanceOf(IOException.class);
    assertThat(cache.size()).isZero();
  }

  private static void write(DiskFile file, long number) throws IOException {
    file.write(ByteBuffer.allocate(Long.BYTES).putLong(number).flip(), 0);
  }

  private static long number(DiskFile file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);
    file.read(bytes, 0);
    return bytes.flip().getLong();
  }
}

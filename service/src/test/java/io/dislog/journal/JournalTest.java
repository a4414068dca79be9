package io.dislog.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.disk.Disk;
import io.dislog.disk.FileCache;
import io.dislog.disk.LocalDisk;
import io.dislog.disk.ScarceDisk;
import io.dislog.disk.WatchedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal of any size takes the memory of a small one. */
final class JournalTest {

  /** More than a hundred times as much as may be in memory at once. */
  private static final int ENTRIES = 60_000;

  private static final int ENTRY_BYTES = 500;
  private static final int PIECE_BYTES = 256 << 10;

  @TempDir Path folder;

  @Test
  void turningOverAndOpeningTakesNoMemoryThatGrowsWithTheState() throws IOException {
    WatchedDisk disk = new WatchedDisk();
    Journal.create(disk, folder, List.of(entry(0)));
    Iterable<byte[]> state =
        () -> IntStream.range(0, ENTRIES).mapToObj(JournalTest::entry).iterator();
    try (Journal journal = Journal.open(disk, folder, entry -> {})) {
      journal.turnOver(state);
      journal.append(entry(ENTRIES));
      journal.write(false);
      journal.settle();
    }

    AtomicInteger next = new AtomicInteger();
    Journal.open(
            disk,
            folder,
            entry -> assertThat(entry).isEqualTo(ByteBuffer.wrap(entry(next.getAndIncrement()))))
        .close();

    assertThat(next).hasValue(ENTRIES + 1);
    assertThat(disk.largestTransfer()).isLessThanOrEqualTo(PIECE_BYTES);
  }

  @Test
  void whatCantBeTurnedOverKeepsNoDescriptor() throws IOException {
    ScarceDisk disk = new ScarceDisk(new LocalDisk(), 4);
    FileCache cache = disk.cached(2);
    Journal.create(cache, folder, List.of(entry(0)));
    Iterable<byte[]> broken =
        () ->
            IntStream.range(0, 10)
                .mapToObj(i -> {
                  if (i == 5) {
                    throw new IllegalStateException("as the test wants");
                  }
                  return entry(i);
                })
                .iterator();
    try (Journal journal = Journal.open(cache, folder, entry -> {})) {
      for (int i = 0; i < 20; i++) {
        assertThatThrownBy(() -> journal.turnOver(broken)).hasMessage("as the test wants");
      }
      journal.turnOver(List.of(entry(7)));
    }
    List<ByteBuffer> read = new ArrayList<>();
    Journal.open(cache, folder, entry -> read.add(ByteBuffer.wrap(copy(entry)))).close();
    assertThat(read).containsExactly(ByteBuffer.wrap(entry(7)));
  }

  private static byte[] copy(ByteBuffer entry) {
    byte[] bytes = new byte[entry.remaining()];
    entry.duplicate().get(bytes);
    return bytes;
  }

  @Test
  void entriesAreReadOnceMore() throws IOException {
    Disk disk = new LocalDisk();
    Journal.create(disk, folder, List.of(entry(0), entry(1)));
    AtomicInteger read = new AtomicInteger();
    try (Journal journal = Journal.open(disk, folder, entry -> {})) {
      journal.read(entry -> assertThat(entry.remaining()).isEqualTo(size(read.getAndIncrement())));
    }
    assertThat(read).hasValue(2);
  }

  /** Of many sizes, so that they lie across the pieces' ends. */
  private static byte[] entry(int number) {
    return String.format("%0" + size(number) + "d", number).getBytes(StandardCharsets.US_ASCII);
  }

  private static int size(int number) {
    return ENTRY_BYTES + number % 97;
  }
}

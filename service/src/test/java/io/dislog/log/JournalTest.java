package io.dislog.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
